"""Figures of tutorial 5 show the data they are given and say what they are."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("agg")
import matplotlib.pyplot as plt

from neurocourse import networks, plots

TWIN = "simulated twin, not a recording"
RNG = np.random.default_rng(12)
ANGLES = np.arange(0.0, 360, 6)
RESP = RNG.normal(size=(60, 8))
PREFERRED = np.array([300, 10, 20, 90, 200, 150, 250, 350])
FIT = networks.PenalisedFit(np.eye(3, 8), 1.0, 0.5)

ONE_PANEL = {
    "population": lambda **o: plots.plot_population(RESP, ANGLES, PREFERRED, **o),
    "decoded_angles": lambda **o: plots.plot_decoded_angles(ANGLES, {"a": ANGLES, "b": ANGLES}, **o),
    "error_by_angle": lambda **o: plots.plot_error_by_angle(ANGLES, {"a": ANGLES - 9}, **o),
    "hidden_tuning": lambda **o: plots.plot_hidden_tuning(ANGLES, RESP[:, :4], RESP[:1, :4], **o),
    "weight_sizes": lambda **o: plots.plot_weight_sizes({"a": RESP, "b": RESP**3}, **o),
    "accuracies": lambda **o: plots.plot_accuracies([0, 0.1], {"a": [1, 0.5]}, xlabel="penalty", **o),
    "encoding_scores": lambda **o: plots.plot_encoding_scores({"a": RNG.uniform(-1, 1, 30)}, **o),
}
SEVERAL_PANELS = {
    "tuning": lambda **o: plots.plot_tuning(RESP, ANGLES[:, None], [1, 5], **o),
    "hidden_weights": lambda **o: plots.plot_hidden_weights(RESP[:4], RESP[:1, :4], PREFERRED, **o),
    "predicted_tuning": lambda **o: plots.plot_predicted_tuning(ANGLES, RESP, RESP, [0, 3], **o),
    "penalised_fit": lambda **o: plots.plot_penalised_fit(FIT, PREFERRED, **o),
    "penalised_fits": lambda **o: plots.plot_penalised_fits({(0, 0): FIT, (0, 1): FIT}, PREFERRED, **o),
}
PLOTS = ONE_PANEL | SEVERAL_PANELS


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def words_in(figure):
    figure.canvas.draw()
    return [text.get_text() for text in figure.findobj(matplotlib.text.Text) if text.get_text()]


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_a_plot_of_a_twin_says_so_and_one_of_a_recording_does_not(plot):
    for source, says_so in (("simulated", True), ("recorded", False)):
        result = plot(source=source)
        figure = getattr(result, "figure", None) or result
        assert any(TWIN in text for text in words_in(figure)) is says_so


def test_each_histogram_of_scores_has_dashes_of_its_own_and_none_are_given_in_the_call(monkeypatch):
    """Matplotlib 3.10.0, which Colab has, takes dashes in a call of `hist` for several styles, and fails."""
    given = []
    hist = matplotlib.axes.Axes.hist

    def noted(*arguments, **options):
        given.append(options.get("linestyle"))
        return hist(*arguments, **options)

    monkeypatch.setattr(matplotlib.axes.Axes, "hist", noted)
    ax = plots.plot_encoding_scores({name: RNG.uniform(-1, 1, 30) for name in "abc"})
    assert given == [None] * 3
    assert len({str(outline.get_linestyle()) for outline in ax.patches}) == 3


@pytest.mark.parametrize("plot", ONE_PANEL.values(), ids=ONE_PANEL)
def test_a_plot_of_one_panel_draws_on_the_axes_it_is_given(plot):
    ax = plt.figure().subplots()
    assert plot(ax=ax) is ax
    assert ax.get_xlabel()
    assert ax.get_ylabel()


def test_the_population_is_ordered_by_preference():
    ax = plots.plot_population(RESP, ANGLES, PREFERRED)
    np.testing.assert_array_equal(ax.images[0].get_array(), RESP[:, np.argsort(PREFERRED)].T)
    assert ax.images[0].get_extent()[:2] == [-3, 357]


def test_errors_are_averaged_in_bins_of_the_true_angle_without_their_sign():
    ax = plots.plot_error_by_angle([10, 20, 350], {"a": [3, -5, -8]}, n_bins=12)
    centres, means = ax.lines[0].get_data()
    assert (centres.tolist(), means.tolist()) == ([15, 345], [4, 8])


def test_weights_are_averaged_over_neurons_of_similar_preference():
    figure = plots.plot_hidden_weights([[1.0, 3.0, 5.0]], [[2.0]], [5, 8, 300], n_bins=36)
    image = figure.axes[0].images[0].get_array()
    assert (image[0, 0], image[0, 30]) == (2, 5)
    assert image.mask.sum() == 34 or np.isnan(image).sum() == 34


def test_every_part_of_the_weights_is_counted():
    sizes, part = plots.plot_weight_sizes({"a": [[-4.0, 1.0], [2.0, 0.0]]}).lines[0].get_data()
    np.testing.assert_allclose(sizes, [1e-6, 0.25, 0.5, 1])
    np.testing.assert_allclose(part, [0.25, 0.5, 0.75, 1])


def test_losses_images_and_filters_are_drawn():
    ax = plots.plot_training_loss({"a": [3, 2, 1], "b": [2, 2, 2]})
    assert ax.lines[0].get_xdata().tolist() == [1, 2, 3]
    gratings = plots.plot_gratings([networks.grating(a) for a in (0, 90)], ["0", "90"])
    assert [a.get_title(loc="left") or a.get_title() for a in gratings.axes] == ["0", "90"]
    assert len(plots.plot_image_filters(networks.center_surround_filters(4)).axes) == 4


def test_hidden_units_are_drawn_by_how_they_move_the_output():
    ax = plots.plot_hidden_tuning([0, 90], [[1.0, 2.0], [0.0, 3.0]], [[10.0, -1.0]])
    assert [line.get_ydata().tolist() for line in ax.lines] == [[10, 0], [-2, -3]]
    assert [line.get_label() for line in ax.lines] == ["unit 0", "unit 1"]

"""Figures of tutorial 1 show what they are given, on honest axes, and say that the neuron is a model."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("agg")
import matplotlib.pyplot as plt

from neurocourse import plots

BAR = np.zeros((10, 10))
BAR[4:6, 2:8] = 1
LOSS = np.array([3.0, 2.0, 1.5])
DIVERGING = np.array([1e5, 1e19, np.inf, np.nan])

PLOTS = {
    "filters": lambda: plots.plot_spatial_filters({"one": BAR.ravel()}, true_filter=BAR),
    "mean counts": lambda: plots.plot_mean_counts({"noise": ([0, 1], [1, 2])}, np.exp),
    "scaled filter": lambda: plots.plot_loss_of_scaled_filter([0, 1, 2], [3, 1, 2]),
    "descent": lambda: plots.plot_descent({"one": LOSS, "two": LOSS}),
    "diverging": lambda: plots.plot_diverging_descent(LOSS, DIVERGING),
    "descents": lambda: plots.plot_descents({"one": (BAR.ravel(), LOSS)}, BAR),
}


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def words_in(result):
    figure = getattr(result, "figure", None) or result
    figure.canvas.draw()
    return [text.get_text() for text in figure.findobj(matplotlib.text.Text) if text.get_text()]


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_a_figure_of_responses_says_that_the_neuron_is_a_model(plot):
    assert "model neuron" in words_in(plot())


@pytest.mark.parametrize("name", ["mean counts", "scaled filter", "descent"])
def test_a_figure_of_one_panel_names_its_axes(name):
    ax = PLOTS[name]()
    assert ax.get_xlabel()
    assert ax.get_ylabel()


def test_a_map_that_belongs_to_no_neuron_does_not_say_so():
    assert "model neuron" not in words_in(plots.plot_spatial_filters({"map": BAR}, model=False))


def test_filters_stand_beside_the_truth_with_their_correlation():
    figure = plots.plot_spatial_filters({"same": BAR.ravel() * 3, "opposite": -BAR}, true_filter=BAR)
    titles = [ax.get_title(loc="left") for ax in figure.axes]
    assert [title for title in titles if title] == ["true filter", "same\nr = 1.00", "opposite\nr = -1.00"]


def test_the_colours_of_a_filter_are_centred_on_zero_and_reach_its_largest_weight():
    figure = plots.plot_spatial_filters({"one": 5 * BAR - 1})
    image = figure.axes[0].images[0]
    np.testing.assert_array_equal(image.get_array(), 5 * BAR - 1)
    assert image.get_clim() == (-4, 4)


@pytest.mark.parametrize("weights", [np.full(100, np.nan), np.zeros(100)], ids=["nan", "zeros"])
def test_a_filter_without_shape_is_drawn_without_a_warning(weights):
    figure = plots.plot_spatial_filters({"odd": weights}, true_filter=BAR)
    assert "r = nan" in figure.axes[1].get_title(loc="left")
    plots.plot_descents({"odd": (weights, LOSS)}, BAR).canvas.draw()


@pytest.mark.parametrize(("n_descents", "width"), [(1, 3.6), (2, 6.4), (3, 6.4), (4, 6.4)])
def test_descents_stand_two_in_a_row_so_that_a_phone_can_show_them(n_descents, width):
    titles = [f"descent {number}" for number in range(n_descents)]
    figure = plots.plot_descents(dict.fromkeys(titles, (BAR.ravel(), LOSS)), BAR)
    assert figure.get_figwidth() == pytest.approx(width)
    drawn = [title for ax in figure.axes if (title := ax.get_title(loc="left")).startswith("descent")]
    assert drawn == titles
    assert len(figure.axes) == 2 * n_descents


def test_one_descent_shows_its_first_steps_and_two_filters_in_one_scale_of_colours():
    figure = plots.plot_descent_and_filter("one", 3 * BAR.ravel(), LOSS, BAR)
    loss, truth, estimate, _ = figure.axes
    assert loss.get_xscale() == "log"
    assert truth.images[0].get_clim() == estimate.images[0].get_clim() == (-3, 3)
    assert estimate.get_title(loc="left") == "estimate, r = 1.00"
    figure.canvas.draw()


def test_a_descent_that_leaves_all_numbers_says_that_there_is_no_estimate():
    figure = plots.plot_descent_and_filter("far", np.full(100, np.nan), [1.0, 1e9, np.inf], BAR)
    _, truth, estimate, _ = figure.axes
    assert (len(truth.images), len(estimate.images)) == (1, 0)
    assert estimate.get_title(loc="left") == "no estimate"
    figure.canvas.draw()


def test_weights_that_are_no_square_are_refused():
    with pytest.raises(ValueError, match=r"weights must be those of a square image, got \(7,\)"):
        plots.plot_spatial_filters({"odd": np.ones(7)})


def test_samples_of_each_stimulus_share_their_grey_scale():
    figure = plots.plot_image_samples({"a": np.eye(4) * 2, "b": np.ones((4, 4))}, n_images=3)
    assert len(figure.axes) == 6
    assert [ax.images[0].get_clim() for ax in figure.axes] == [(-2, 2)] * 3 + [(-1, 1)] * 3


def test_the_loss_after_the_first_step_stands_at_step_one():
    line = plots.plot_descent({"only": LOSS}).lines[0]
    np.testing.assert_array_equal(line.get_xdata(), [1, 2, 3])
    np.testing.assert_array_equal(line.get_ydata(), LOSS)


def test_steps_without_a_finite_loss_are_marked_as_such():
    _, right = plots.plot_diverging_descent(LOSS, DIVERGING).axes
    finite, lost = right.lines
    np.testing.assert_array_equal(finite.get_xdata(), [1, 2])
    np.testing.assert_array_equal(lost.get_xdata(), [3, 4])
    assert lost.get_label() == "no finite number"


def test_large_steps_that_behave_are_drawn_whole():
    _, right = plots.plot_diverging_descent(LOSS, LOSS).axes
    np.testing.assert_array_equal(right.lines[0].get_ydata(), LOSS)
    assert right.get_legend() is None


def test_a_walk_is_drawn_on_its_curve():
    figure = plots.plot_steps_on_curve({"a": [0, 1, 2], "b": [2, 0]}, np.square, np.linspace(-3, 3, 7))
    path = figure.axes[0].lines[1]
    np.testing.assert_array_equal(path.get_ydata(), [0, 1, 4])
    assert [ax.get_title(loc="left") for ax in figure.axes] == ["a", "b"]


def test_a_stretched_map_is_drawn_once_more_from_its_smallest_to_its_largest_value():
    wash = np.linspace(0.3, 0.4, 16)
    figure = plots.plot_spatial_filters({"wash": wash, "other": -wash}, stretched=["wash"])
    *_, last = (ax for ax in figure.axes if ax.get_title(loc="left"))
    assert last.get_title(loc="left") == "wash\nstretched"
    assert last.images[0].get_clim() == (0.3, 0.4)
    assert sum(bool(ax.images) for ax in figure.axes) == 3


def test_first_counts_are_drawn_for_each_stimulus_on_one_scale():
    figure = plots.plot_first_counts({"noise": np.arange(300), "scenes": np.ones(300)}, n_images=50)
    top, bottom = figure.axes
    assert [bar.get_height() for bar in top.patches] == list(range(50))
    assert len(bottom.patches) == 50
    assert top.get_ylim() == bottom.get_ylim()

"""Figures show the data they are given, at the right ticks, and say what they are."""

import io
import struct

import matplotlib
import numpy as np
import pytest

matplotlib.use("agg")
import matplotlib.pyplot as plt
from PIL import Image

from neurocourse import glm, plots
from neurocourse.plots.canvas import with_few_colours

DT = 0.01
TWIN = "simulated twin, not a recording"
RNG = np.random.default_rng(11)
STIM = RNG.choice([-0.48, 0.48], 300)
SPIKES = RNG.poisson(0.5, 300)
FIT = glm.LagFit(np.arange(4.0), SPIKES[:200], np.full(200, 0.5), 1.234)

PLOTS = {
    "stimulus_and_spikes": lambda **o: plots.plot_stimulus_and_spikes(STIM, SPIKES, DT, **o),
    "predictions": lambda **o: plots.plot_predictions(SPIKES, {"LG": STIM}, DT, **o),
    "prediction_histogram": lambda **o: plots.plot_prediction_histogram(STIM, **o),
    "filters": lambda **o: plots.plot_filters({"a": [1, 2], "b": [2, 3]}, DT, **o),
    "autocorrelation": lambda **o: plots.plot_autocorrelation([1, 0, 0], DT, **o),
    "loss_along_line": lambda **o: plots.plot_loss_along_line([0, 1, 2], [3, 1, 2], reference=3, **o),
    "nonlinearity": lambda **o: plots.plot_nonlinearity(STIM, SPIKES, {"exp": np.exp}, **o),
    "scores": lambda **o: plots.plot_scores({"LG": 0.5, "LNP": 1.0}, **o),
    "lag_fit": lambda **o: plots.plot_lag_fit(FIT, DT, **o),
    "lag_fits": lambda **o: plots.plot_lag_fits({(0, 4): FIT, (1, 4): FIT}, DT, **o),
}
SEVERAL_PANELS = {"stimulus_and_spikes", "lag_fit", "lag_fits"}


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def figure_of(result):
    return result.figure if hasattr(result, "figure") and result.figure else result


def pixels_of(png):
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def words_in(figure):
    figure.canvas.draw()
    return [text.get_text() for text in figure.findobj(matplotlib.text.Text) if text.get_text()]


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_a_plot_of_a_twin_says_so_and_one_of_a_recording_does_not(plot):
    assert any(TWIN in text for text in words_in(figure_of(plot(source="simulated"))))
    assert not any(TWIN in text for text in words_in(figure_of(plot(source="recorded"))))


@pytest.mark.parametrize("name", sorted(PLOTS.keys() - SEVERAL_PANELS))
def test_a_plot_of_one_panel_draws_on_the_axes_it_is_given(name):
    ax = plt.figure().subplots()
    assert PLOTS[name](ax=ax) is ax
    assert ax.get_xlabel()
    assert ax.get_ylabel() or name == "scores"


def test_an_excerpt_is_drawn_at_its_time_in_the_recording():
    spikes = np.zeros(300, dtype=int)
    spikes[125] = 3
    ax = plots.plot_predictions(spikes, {"LG": np.arange(300)}, DT, start=120, n_bins=50)
    time, values = ax.lines[0].get_data()
    np.testing.assert_allclose(time, DT * np.arange(120, 170))
    np.testing.assert_array_equal(values, np.arange(120, 170))
    tallest = max(ax.patches, key=lambda bar: bar.get_height())
    assert tallest.get_x() + tallest.get_width() / 2 == pytest.approx(1.25)
    left, right = ax.get_xlim()
    assert left < 1.2 < 1.69 < right


def test_stimulus_and_spikes_share_their_time_axis_and_its_excerpt():
    figure = plots.plot_stimulus_and_spikes(STIM, SPIKES, DT, start=100, n_bins=30)
    top, bottom = figure.axes
    time, values = top.lines[0].get_data()
    np.testing.assert_allclose(time, DT * np.arange(100, 130))
    np.testing.assert_array_equal(values, STIM[100:130])
    assert [bar.get_height() for bar in bottom.patches] == SPIKES[100:130].tolist()
    assert bottom.get_xlabel() == "time (s)"


def test_every_weight_of_a_filter_stands_at_its_lag_and_the_last_is_now():
    ax = plots.plot_filters({"filter": [1.0, 2.0, 3.0]}, DT)
    time, weights = ax.lines[0].get_data()
    np.testing.assert_allclose(time, [-20, -10, 0])
    np.testing.assert_array_equal(weights, [1, 2, 3])


def test_filters_of_unit_length_keep_their_shape():
    ax = plots.plot_filters({"a": [0.0, 3.0, 4.0]}, DT, expected=[0.0, 30.0, 40.0], unit_length=True)
    for line in ax.lines[:2]:
        np.testing.assert_allclose(line.get_ydata(), [0, 0.6, 0.8])


def test_the_histogram_counts_every_prediction_once_on_its_side_of_zero():
    predictions = np.array([-0.5, -0.1, 0.0, 0.2, 0.4, 1.0])
    ax = plots.plot_prediction_histogram(predictions)
    assert sum(bar.get_height() for bar in ax.patches) == 6
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["zero or more: 66.7% of bins", "below zero: 33.3% of bins"]


def test_groups_of_equal_drive_show_their_mean_count():
    ax = plots.plot_nonlinearity([3.0, 1.0, 2.0, 0.0], [9, 1, 5, 1], {}, n_groups=2)
    centres, means = ax.lines[0].get_data()
    np.testing.assert_allclose(centres, [0.5, 2.5])
    np.testing.assert_allclose(means, [1, 7])


def test_matrices_stand_side_by_side_with_their_numbers():
    figure = plots.plot_matrices({"yours": [[1, 2]], "expected": [[1, 3]]})
    assert [ax.get_title(loc="left") for ax in figure.axes] == ["yours", "expected"]
    assert [text.get_text() for text in figure.axes[1].texts] == ["1", "3"]


def test_rows_of_a_design_matrix_stand_beside_their_spike_counts():
    X, spikes = np.arange(40.0).reshape(10, 4), np.arange(10)
    figure = plots.plot_design_and_counts(X, spikes, start=3, n_bins=5, source="simulated")
    left, right = figure.axes
    np.testing.assert_array_equal(left.images[0].get_array(), X[3:8])
    assert left.images[0].get_extent() == [-0.5, 3.5, 7.5, 2.5]
    assert [(bar.get_y() + bar.get_height() / 2, bar.get_width()) for bar in right.patches] == [
        (t, t) for t in range(3, 8)
    ]
    assert figure.get_suptitle() == "simulated twin, not a recording"


def test_minima_are_marked_where_the_runs_ended():
    figure = plots.plot_minima({"bowl": (np.square, [(-2, 0.0), (2, 0.0)])}, np.linspace(-3, 3, 7))
    ends = [line.get_xdata()[0] for line in figure.axes[0].lines[2::2]]
    assert ends == [0, 0]


def test_a_score_is_written_without_a_negative_zero():
    figure = plots.plot_lag_fit(glm.LagFit(np.ones(1), SPIKES, SPIKES, -0.0004), DT)
    assert figure.axes[1].get_title(loc="left") == "0.00 bits per spike, held out"


@pytest.mark.parametrize(("quick", "dpi"), [("", 150), ("1", 90)], ids=["full", "quick"])
def test_a_png_shows_what_savefig_writes(monkeypatch, quick, dpi):
    monkeypatch.setenv("NEUROCOURSE_QUICK", quick)
    pictures = [plots.plot_lag_fits({(0, 4): FIT, (1, 4): FIT}, DT, source="simulated") for _ in range(2)]
    expected = io.BytesIO()
    pictures[0].savefig(expected, format="png", dpi=dpi)
    png = plots.as_png(pictures[1])
    difference = pixels_of(png) - pixels_of(expected.getvalue())
    assert np.abs(difference).max() <= (0 if quick else 24)
    assert len(png) <= len(expected.getvalue())


def test_few_colours_keep_those_of_a_small_legend():
    pixels = np.random.default_rng(3).integers(0, 256, (200, 200, 3)).astype(np.uint8)
    pixels[:, :, 1:] = pixels[:, :, :1]  # greys
    pixels[:6, :6] = (0, 158, 115)
    kept = np.asarray(with_few_colours(pixels).convert("RGB")).astype(int)
    assert np.abs(kept[:6, :6] - (0, 158, 115)).max() <= 8


def test_showing_a_figure_gives_a_png_with_its_description_and_closes_it(monkeypatch):
    from IPython import display

    shown = {}
    monkeypatch.setattr(display, "display", lambda data, **options: shown.update(data=data, **options))
    plots.show(plots.plot_scores({"LG": 1.0}), alt="One bar, at 1.00.")
    png = shown["data"]["image/png"]
    assert 'alt="One bar, at 1.00." width="720"' in shown["data"]["text/html"]
    assert shown["raw"]
    assert shown["metadata"] == {"image/png": {"alt": "One bar, at 1.00.", "width": 720}}
    assert struct.unpack(">I", png[16:20]) == (1200,)
    assert plt.get_fignums() == []

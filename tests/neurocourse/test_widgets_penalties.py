"""The widget of penalties: its drawings at the ends of the sliders, and its still version."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("agg")
import matplotlib.pyplot as plt

from neurocourse import datasets, widgets

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module")
def pair():
    data = datasets.load_v1("simulated", n_neurons=40)
    labels = (data.stimuli[:, 0] // 18).astype(int)
    rows = np.random.default_rng(7).permutation(360)
    return tuple((data.resp[part], labels[part]) for part in (rows[:200], rows[200:]))


@pytest.fixture
def shown(monkeypatch, plain_environment):
    from IPython import display

    outputs = []
    monkeypatch.setattr(display, "display", lambda data, raw, metadata: outputs.append((data, metadata)))
    plt.close("all")
    return outputs


@pytest.mark.parametrize("L1", [0, 0.1])
@pytest.mark.parametrize("L2", [0, 1])
def test_the_ends_of_the_sliders_can_be_drawn(pair, L2, L1):
    figure = widgets.draw_penalties(pair, np.arange(40), L2, L1, source="simulated")
    assert "of the weights are zero" in figure.axes[0].get_title(loc="left")
    plt.close(figure)


def test_the_range_of_the_sliders_shows_something(pair):
    def zeros(L1):
        figure = widgets.draw_penalties(pair, np.arange(40), 0, L1)
        plt.close(figure)
        return int(figure.axes[0].get_title(loc="left").partition("%")[0])

    assert zeros(0) == 0
    assert 10 < zeros(3e-3) < 95
    assert zeros(0.1) > 90


def test_a_live_page_gets_the_widget_and_any_other_the_picture(pair, shown):
    widgets.explore_penalties(*pair, np.arange(40), source="simulated")
    ((data, metadata),) = shown
    assert data["image/png"].startswith(b"\x89PNG")
    assert "L1 leaves few weights" in metadata["image/png"]["alt"]
    assert data[WIDGET]["model_id"]
    assert plt.get_fignums() == []


def test_moving_a_slider_draws_anew_with_its_description(pair):
    import ipywidgets

    controls = widgets.penalties._controls(ipywidgets, pair, np.arange(40), "simulated")
    (_, L1), picture = controls.children[0].children, controls.children[1]
    assert "an L2 penalty of 0 and an L1 penalty of 0." in picture.value
    L1.value = 3e-3
    assert "an L1 penalty of 0.003." in picture.value
    assert plt.get_fignums() == []


def test_in_quick_mode_there_is_only_the_picture(pair, shown, monkeypatch):
    monkeypatch.setenv("NEUROCOURSE_QUICK", "1")
    widgets.explore_penalties(*pair, np.arange(40))
    ((data, _),) = shown
    assert set(data) == {"image/png", "text/plain"}

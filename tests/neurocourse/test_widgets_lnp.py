"""The descent widget: its still version, its sliders, and steps that lead beyond all numbers."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("agg")
import matplotlib.pyplot as plt

from neurocourse import widgets

WIDGET = "application/vnd.jupyter.widget-view+json"
TRUTH = np.arange(4.0).reshape(2, 2)


def descend(alpha, n_steps):
    """Stay finite for small steps, and not for large ones."""
    loss = np.full(n_steps, -1.0) * np.arange(n_steps)
    if alpha > 4e-6:
        return np.full(4, np.nan), np.exp(np.arange(n_steps) * 400.0)  # overflows with a warning
    return alpha * 1e6 * TRUTH.ravel(), loss


@pytest.fixture
def shown(monkeypatch, plain_environment):
    from IPython import display

    outputs = []
    monkeypatch.setattr(display, "display", lambda data, raw, metadata: outputs.append((data, metadata)))
    plt.close("all")
    return outputs


@pytest.mark.parametrize("alpha", [10**-7.5, 1e-6, 10**-4.5])
@pytest.mark.parametrize("n_steps", [1, 50])
def test_the_ends_of_the_sliders_can_be_drawn(alpha, n_steps):
    figure = widgets.draw_descent(descend, TRUTH, alpha, n_steps)
    assert figure.axes[0].get_title(loc="left") == f"step size {alpha:.1e}, {n_steps} steps"
    figure.canvas.draw()
    plt.close(figure)


def test_a_live_page_gets_the_widget_and_any_other_the_picture(shown):
    widgets.explore_descent(descend, TRUTH, n_steps=20)
    ((data, metadata),) = shown
    assert data["image/png"].startswith(b"\x89PNG")
    assert "Four descents" in metadata["image/png"]["alt"]
    assert data[WIDGET]["model_id"]
    assert plt.get_fignums() == []


def test_in_quick_mode_there_is_only_the_picture(shown, monkeypatch):
    monkeypatch.setenv("NEUROCOURSE_QUICK", "1")
    widgets.explore_descent(descend, TRUTH, n_steps=20)
    ((data, _),) = shown
    assert set(data) == {"image/png", "text/plain"}


def test_moving_a_slider_runs_the_descent_anew_and_each_setting_once():
    import ipywidgets

    calls = []

    def counted(alpha, n_steps):
        calls.append((alpha, n_steps))
        return descend(alpha, n_steps)

    controls = widgets.descent._controls(ipywidgets, counted, TRUTH, 20)
    (size_choice, step_choice), picture = controls.children[0].children, controls.children[1]
    assert 'alt="Loss, true filter and estimate of a descent with 20 steps of size 1.0e-06."' in picture.value
    step_choice.value = 5
    assert "with 5 steps" in picture.value
    step_choice.value = 20
    assert calls == [(1e-6, 20), (1e-6, 5)]
    size_choice.value = 1e-5
    assert "of size 1.0e-05." in picture.value

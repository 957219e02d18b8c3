"""Widgets: their drawings at the ends of the sliders, and what stands in for them where none can run."""

import base64
import builtins
import html
import sys
import types

import matplotlib
import numpy as np
import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

matplotlib.use("agg")
import matplotlib.pyplot as plt

from neurocourse import datasets, widgets
from neurocourse.widgets.frame import show_still_figure

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module")
def cells():
    return [datasets.load_rgc(cell=cell, n_bins=3000, source="simulated") for cell in range(4)]


@pytest.fixture
def shown(monkeypatch, plain_environment):
    from IPython import display

    outputs = []
    monkeypatch.setattr(display, "display", lambda data, raw, metadata: outputs.append((data, metadata)))
    plt.close("all")
    return outputs


@pytest.fixture
def no_ipywidgets(monkeypatch):
    original = builtins.__import__

    def refuse(name, *arguments, **options):
        if name == "ipywidgets":
            raise ImportError(name)
        return original(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", refuse)


@pytest.mark.parametrize("cell", [0, 3])
@pytest.mark.parametrize("n_lags", [1, 60])
def test_the_ends_of_the_sliders_can_be_drawn(cells, cell, n_lags):
    figure = widgets.draw_lags(cells, cell, n_lags)
    left, right = figure.axes
    assert left.get_title(loc="left") == f"{n_lags} lags"
    assert len(left.lines[0].get_xdata()) == n_lags
    assert np.isfinite(right.lines[0].get_ydata()).all()
    plt.close(figure)


def test_the_still_version_shows_every_cell_with_every_number_of_lags(cells):
    figure = widgets.draw_lag_grid(cells[:2], lengths=(2, 12))
    titles = [ax.get_title(loc="left").partition(":")[0] for ax in figure.axes]
    assert titles == ["cell 0, 2 lags", "cell 0, 12 lags", "cell 1, 2 lags", "cell 1, 12 lags"]
    plt.close(figure)


def test_a_live_page_gets_the_widget_and_any_other_the_picture(cells, shown):
    widgets.explore_lags(cells)
    ((data, metadata),) = shown
    assert data["image/png"].startswith(b"\x89PNG")
    assert "held-out score" in metadata["image/png"]["alt"]
    assert f'alt="{html.escape(metadata["image/png"]["alt"])}"' in data["text/html"]
    assert data[WIDGET]["model_id"]
    assert plt.get_fignums() == []


def test_moving_the_slider_draws_the_fit_anew_with_its_description(cells):
    import ipywidgets

    controls = widgets.lags._lag_controls(ipywidgets, cells, 25)
    (cell_choice, lag_choice), picture = controls.children[0].children, controls.children[1]
    assert 'alt="Filter of cell 2 with 25 lags' in picture.value
    lag_choice.value, cell_choice.value = 60, 3
    assert 'alt="Filter of cell 3 with 60 lags' in picture.value
    assert picture.value.startswith('<img src="data:image/png;base64,')
    assert plt.get_fignums() == []


def test_in_quick_mode_there_is_only_the_picture(cells, shown, monkeypatch):
    monkeypatch.setenv("NEUROCOURSE_QUICK", "1")
    widgets.explore_lags(cells)
    ((data, _),) = shown
    assert set(data) == {"image/png", "text/plain"}


def test_without_ipywidgets_there_is_the_picture_and_no_complaint(cells, shown, no_ipywidgets):
    widgets.explore_lags(cells)
    ((data, _),) = shown
    assert set(data) == {"image/png", "text/html", "text/plain"}


@pytest.fixture
def small_widget(shown):
    """What is displayed for a slider with a still figure."""

    def show():
        figure = plt.figure(figsize=(1, 1))
        show_still_figure(lambda ipywidgets: ipywidgets.IntSlider(), figure, "Nothing & <nowhere>")
        return shown[-1]

    return show


def test_with_an_ipywidgets_that_jupyterlab_cannot_show_there_is_the_picture_alone(small_widget, monkeypatch):
    monkeypatch.setattr("ipywidgets.__version__", "7.7.1")
    data, metadata = small_widget()
    assert set(data) == {"image/png", "text/html", "text/plain"}
    assert metadata == {"image/png": {"alt": "Nothing & <nowhere>"}}


def test_on_colab_there_is_the_widget_alone(small_widget, monkeypatch):
    monkeypatch.setattr("ipywidgets.__version__", "7.7.1")
    monkeypatch.setitem(sys.modules, "google.colab", types.ModuleType("google.colab"))
    data, metadata = small_widget()
    assert set(data) == {WIDGET, "text/plain"}
    assert metadata == {}


def test_an_exported_page_shows_the_picture_with_its_description(small_widget):
    data, metadata = small_widget()
    data["image/png"] = base64.b64encode(data["image/png"]).decode()
    cell = new_code_cell("", outputs=[new_output("display_data", data, metadata=metadata)])
    page, _ = HTMLExporter(template_name="lab").from_notebook_node(new_notebook(cells=[cell]))
    assert 'alt="Nothing &amp; &lt;nowhere&gt;"' in page
    assert "model_id" not in page


def test_a_video_has_a_tab_for_each_site_and_links_for_pages_without_tabs(shown):
    widgets.videos(youtube="abc", bilibili="BV1", title="Video: A & B")
    ((data, _),) = shown
    assert data["text/html"] == (
        '<p><a href="https://youtu.be/abc">Video: A &amp; B (YouTube)</a> · '
        '<a href="https://www.bilibili.com/video/BV1">Video: A &amp; B (Bilibili)</a></p>'
    )
    assert data["text/plain"] == "Video: A & B: https://youtu.be/abc, https://www.bilibili.com/video/BV1"
    assert data[WIDGET]["model_id"]


def test_the_tabs_of_a_video_are_named_described_and_hold_a_plain_link():
    import ipywidgets

    tabs = widgets.players._video_tabs(ipywidgets, widgets.players._sites("abc", "BV1"), "Video")
    assert [tabs.get_title(0), tabs.get_title(1)] == ["YouTube", "Bilibili"]
    for tab, site in zip(tabs.children, ("YouTube", "Bilibili"), strict=True):
        assert f'title="Video ({site})"' in tab.value
        assert 'loading="lazy"' in tab.value
        assert (
            f'target="_blank" rel="noopener" style="text-decoration: underline">Watch it on {site}</a>'
            in tab.value
        )
        assert 'referrerpolicy="strict-origin-when-cross-origin"' in tab.value


def test_without_ipywidgets_a_video_is_its_links(shown, no_ipywidgets):
    widgets.videos(youtube="abc")
    ((data, _),) = shown
    assert set(data) == {"text/html", "text/plain"}

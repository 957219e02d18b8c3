"""Things to play with: thin ipywidgets wrappers over `plots`, and videos.

Each shows its widget together with a still version of it in the same output, and the page's reader takes
what it can draw: a live notebook the widget, an exported page or a repository's viewer the still version.
Where ipywidgets is missing, and in quick mode, only the still version is made.
"""

import base64
import html

from neurocourse import glm, plots, settings

__all__ = ["draw_lag_grid", "draw_lags", "explore_lags", "videos"]

_STILL_LENGTHS = (5, 20, 50)
_LONGEST = 60


def explore_lags(cells, *, n_lags=25):
    """Show what the number of lags does to a cell's filter, its prediction and its held-out score.

    Parameters
    ----------
    cells : sequence of datasets.FlickerResponse
        One for each cell that can be chosen.
    n_lags : int
        Where the slider starts.
    """
    still = plots.as_png(_close(draw_lag_grid(cells)))
    data = {"image/png": still, "text/plain": f"Figure: {_GRID_ALT}"}
    metadata = {"image/png": {"alt": _GRID_ALT}}
    _show_with_still(lambda ipywidgets: _lag_controls(ipywidgets, cells, n_lags), data, metadata)


def draw_lags(cells, cell, n_lags):
    """Return a figure of one cell's fit with `n_lags` lags."""
    chosen = cells[cell]
    fit = glm.fit_lags(chosen.stim, chosen.spikes, n_lags)
    return plots.plot_lag_fit(fit, chosen.dt, source=chosen.source)


def draw_lag_grid(cells, lengths=_STILL_LENGTHS):
    """Return a figure of the filters of all cells, fitted with several numbers of lags."""
    fits = {
        (number, n_lags): glm.fit_lags(cell.stim, cell.spikes, n_lags)
        for number, cell in enumerate(cells)
        for n_lags in lengths
    }
    return plots.plot_lag_fits(fits, cells[0].dt, source=cells[0].source)


def videos(youtube, bilibili=None, *, title="Video"):
    """Show a video in tabs, one for each site that has it, or else as plain links.

    Nothing is fetched here: the browser of the reader loads the player, when it comes into view.

    Parameters
    ----------
    youtube, bilibili : str, optional
        The video's identifier on each site.
    title : str
        What the video is about; screen readers announce it.
    """
    sites = _sites(youtube, bilibili)
    links = " · ".join(f'<a href="{link}">{html.escape(title)} ({site})</a>' for site, link, _ in sites)
    plain = ", ".join(link for _, link, _ in sites)
    data = {"text/html": f"<p>{links}</p>", "text/plain": f"{title}: {plain}"}
    _show_with_still(lambda ipywidgets: _video_tabs(ipywidgets, sites, title), data, {})


_GRID_ALT = (
    "Grid of fitted filters, one row for each cell and one column for each number of lags, with the held-out "
    "score above each. Few lags cut the filter short; beyond about 20 lags the added weights stay near zero."
)


def _sites(youtube, bilibili):
    sites = []
    if youtube:
        player = f"https://www.youtube-nocookie.com/embed/{youtube}?rel=0"
        sites.append(("YouTube", f"https://youtu.be/{youtube}", player))
    if bilibili:
        player = f"https://player.bilibili.com/player.html?bvid={bilibili}&amp;autoplay=0"
        sites.append(("Bilibili", f"https://www.bilibili.com/video/{bilibili}", player))
    return sites


def _video_tabs(ipywidgets, sites, title):
    tabs = ipywidgets.Tab(
        children=[
            ipywidgets.HTML(
                f'<iframe src="{player}" title="{html.escape(title)} ({site})" loading="lazy" '
                'allowfullscreen style="width: 100%; max-width: 45em; aspect-ratio: 16/9; border: 0">'
                "</iframe>"
                f'<p>No player? <a href="{link}">Watch it on {site}</a>.</p>'
            )
            for site, link, player in sites
        ]
    )
    for number, (site, _, _) in enumerate(sites):
        tabs.set_title(number, site)
    return tabs


def _lag_controls(ipywidgets, cells, n_lags):
    wide = {"description_width": "initial"}
    cell_choice = ipywidgets.Dropdown(
        options=range(len(cells)), value=len(cells) // 2, description="cell", style=wide
    )
    lag_choice = ipywidgets.IntSlider(
        value=n_lags, min=1, max=_LONGEST, description="number of lags d", continuous_update=False, style=wide
    )
    picture = ipywidgets.HTML()

    def draw(*_):
        cell, n_lags = cell_choice.value, lag_choice.value
        alt = f"Filter of cell {cell} with {n_lags} lags, and its prediction of held-out spike counts."
        picture.value = _as_html(draw_lags(cells, cell, n_lags), alt)

    for choice in (cell_choice, lag_choice):
        choice.observe(draw, names="value")
    draw()
    return ipywidgets.VBox([ipywidgets.HBox([cell_choice, lag_choice]), picture])


def _show_with_still(make_widget, data, metadata):
    from IPython.display import display

    ipywidgets = None if settings.is_quick() else _import_ipywidgets()
    if ipywidgets:
        view = {"version_major": 2, "version_minor": 0, "model_id": make_widget(ipywidgets).model_id}
        data = {**data, "application/vnd.jupyter.widget-view+json": view}
    display(data, raw=True, metadata=metadata)


def _import_ipywidgets():
    try:
        import ipywidgets
    except ImportError:
        return None
    return ipywidgets


def _as_html(figure, alt):
    """Return an image tag that holds the figure; an HTML widget, unlike an image widget, can carry `alt`."""
    image = base64.b64encode(plots.as_png(_close(figure))).decode()
    return f'<img src="data:image/png;base64,{image}" alt="{html.escape(alt)}" style="max-width: 100%">'


def _close(figure):
    import matplotlib.pyplot as plt

    plt.close(figure)
    return figure

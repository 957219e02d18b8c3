"""Videos in tabs, one for each site that has them."""

from __future__ import annotations

import html
import typing

from neurocourse.widgets.frame import show_with_still

if typing.TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

__all__ = ["videos"]

# YouTube's player shows an error where a page does not say from where it asks.
_SAY_WHO_ASKS = 'referrerpolicy="strict-origin-when-cross-origin"'
# Front ends give links in widgets no look of their own, and would leave the notebook for them.
_AS_A_LINK = 'target="_blank" rel="noopener" style="text-decoration: underline"'


def videos(youtube: str | None, bilibili: str | None = None, *, title: str = "Video") -> None:
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
    show_with_still(lambda ipywidgets: _video_tabs(ipywidgets, sites, title), data, {})


def _sites(youtube: str | None, bilibili: str | None) -> list[tuple[str, str, str]]:
    sites = []
    if youtube:
        player = f"https://www.youtube-nocookie.com/embed/{youtube}?rel=0"
        sites.append(("YouTube", f"https://youtu.be/{youtube}", player))
    if bilibili:
        player = f"https://player.bilibili.com/player.html?bvid={bilibili}&amp;autoplay=0"
        sites.append(("Bilibili", f"https://www.bilibili.com/video/{bilibili}", player))
    return sites


def _video_tabs(ipywidgets: ModuleType, sites: list[tuple[str, str, str]], title: str) -> Any:
    tabs = ipywidgets.Tab(
        children=[
            ipywidgets.HTML(
                f'<iframe src="{player}" title="{html.escape(title)} ({site})" loading="lazy" '
                f'allowfullscreen {_SAY_WHO_ASKS} style="width: 100%; max-width: 45em; aspect-ratio: 16/9; '
                'border: 0"></iframe>'
                f'<p>No player? <a href="{link}" {_AS_A_LINK}>Watch it on {site}</a>.</p>'
            )
            for site, link, player in sites
        ]
    )
    for number, (site, _, _) in enumerate(sites):
        tabs.set_title(number, site)
    return tabs

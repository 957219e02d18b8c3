"""Things to play with: thin ipywidgets wrappers over `plots`, and videos.

Each shows its widget together with a still version of it in the same output, and the page's reader takes
what it can draw: a live notebook the widget, an exported page or a repository's viewer the still version.
Where ipywidgets is missing, and in quick mode, only the still version is made.
"""

from neurocourse.widgets.lags import draw_lag_grid, draw_lags, explore_lags
from neurocourse.widgets.penalties import draw_penalties, draw_penalty_grid, explore_penalties
from neurocourse.widgets.players import videos

__all__ = [
    "draw_lag_grid",
    "draw_lags",
    "draw_penalties",
    "draw_penalty_grid",
    "explore_lags",
    "explore_penalties",
    "videos",
]

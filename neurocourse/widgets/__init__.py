"""Things to play with: thin ipywidgets wrappers over `plots`; videos; a form for feedback.

Each shows its widget together with a still version of it in the same output, and the page's reader takes
what it can draw: a live notebook the widget, an exported page or a repository's viewer the still version.
Where ipywidgets is missing, and in quick mode, only the still version is made.
"""

from neurocourse.widgets.descent import draw_descent, draw_descent_grid, explore_descent
from neurocourse.widgets.epochs import draw_epochs, explore_epochs
from neurocourse.widgets.feedback import ask_feedback
from neurocourse.widgets.lags import draw_lag_grid, draw_lags, explore_lags
from neurocourse.widgets.penalties import draw_penalties, draw_penalty_grid, explore_penalties
from neurocourse.widgets.players import videos
from neurocourse.widgets.progress import progress
from neurocourse.widgets.regularisation import draw_regularisation, explore_regularisation

__all__ = [
    "ask_feedback",
    "draw_descent",
    "draw_descent_grid",
    "draw_epochs",
    "draw_lag_grid",
    "draw_lags",
    "draw_penalties",
    "draw_penalty_grid",
    "draw_regularisation",
    "explore_descent",
    "explore_epochs",
    "explore_lags",
    "explore_penalties",
    "explore_regularisation",
    "progress",
    "videos",
]

"""Things to play with: thin ipywidgets wrappers over `plots`; videos; a form for feedback.

Each function shows its widget and a still version of it in the same output. The reader of the page shows the
one that it can draw: a live notebook shows the widget, an exported page or a repository's viewer the still
version. If ipywidgets is missing, and in quick mode, the function makes only the still version.
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

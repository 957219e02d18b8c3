"""Figures of the tutorials: pure functions from data to axes, and `show`, which puts one in the page.

A `plot_` function of a single panel takes `ax` and returns it; one of several panels returns its figure.
None of them computes a model. A plot of a simulated twin says so when it is given ``source=``, the
`.source` of what a loader returned.
"""

from neurocourse.plots.canvas import as_png, show
from neurocourse.plots.retina import (
    lag_times,
    plot_autocorrelation,
    plot_filters,
    plot_lag_fit,
    plot_lag_fits,
    plot_loss_along_line,
    plot_matrices,
    plot_minima,
    plot_nonlinearity,
    plot_prediction_histogram,
    plot_predictions,
    plot_scores,
    plot_stimulus_and_spikes,
)
from neurocourse.plots.states import (
    plot_beliefs,
    plot_beliefs_by_epoch,
    plot_bounds,
    plot_dwell_times,
    plot_likelihood_by_epoch,
    plot_likelihood_by_n_states,
    plot_rate_match,
    plot_state_raster,
    plot_state_sequences,
)

__all__ = [
    "as_png",
    "lag_times",
    "plot_autocorrelation",
    "plot_beliefs",
    "plot_beliefs_by_epoch",
    "plot_bounds",
    "plot_dwell_times",
    "plot_filters",
    "plot_lag_fit",
    "plot_lag_fits",
    "plot_likelihood_by_epoch",
    "plot_likelihood_by_n_states",
    "plot_loss_along_line",
    "plot_matrices",
    "plot_minima",
    "plot_nonlinearity",
    "plot_prediction_histogram",
    "plot_predictions",
    "plot_rate_match",
    "plot_scores",
    "plot_state_raster",
    "plot_state_sequences",
    "plot_stimulus_and_spikes",
    "show",
]

"""Figures of the tutorials: pure functions from data to axes, and `show`, which puts one in the page.

A `plot_` function of a single panel takes `ax` and returns it; one of several panels returns its figure.
None of them computes a model. A plot of a simulated twin says so when it is given ``source=``, the
`.source` of what a loader returned.
"""

from neurocourse.plots.canvas import as_png, show
from neurocourse.plots.choices import (
    plot_accuracy_histograms,
    plot_choice_probabilities,
    plot_clusters,
    plot_curves,
    plot_rates_and_choices,
    plot_regularisation,
)
from neurocourse.plots.lnp import (
    plot_descent,
    plot_descents,
    plot_diverging_descent,
    plot_image_samples,
    plot_loss_of_scaled_filter,
    plot_mean_counts,
    plot_spatial_filters,
    plot_steps_on_curve,
)
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
    "plot_accuracy_histograms",
    "plot_autocorrelation",
    "plot_beliefs",
    "plot_beliefs_by_epoch",
    "plot_bounds",
    "plot_choice_probabilities",
    "plot_clusters",
    "plot_curves",
    "plot_descent",
    "plot_descents",
    "plot_diverging_descent",
    "plot_dwell_times",
    "plot_filters",
    "plot_image_samples",
    "plot_lag_fit",
    "plot_lag_fits",
    "plot_likelihood_by_epoch",
    "plot_likelihood_by_n_states",
    "plot_loss_along_line",
    "plot_loss_of_scaled_filter",
    "plot_matrices",
    "plot_mean_counts",
    "plot_minima",
    "plot_nonlinearity",
    "plot_prediction_histogram",
    "plot_predictions",
    "plot_rate_match",
    "plot_rates_and_choices",
    "plot_regularisation",
    "plot_scores",
    "plot_spatial_filters",
    "plot_state_raster",
    "plot_state_sequences",
    "plot_steps_on_curve",
    "plot_stimulus_and_spikes",
    "show",
]

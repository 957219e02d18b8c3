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
from neurocourse.plots.v1 import (
    plot_accuracies,
    plot_decoded_angles,
    plot_encoding_scores,
    plot_error_by_angle,
    plot_gratings,
    plot_hidden_weights,
    plot_image_filters,
    plot_penalised_fit,
    plot_penalised_fits,
    plot_population,
    plot_predicted_tuning,
    plot_training_loss,
    plot_tuning,
    plot_weight_sizes,
)

__all__ = [
    "as_png",
    "lag_times",
    "plot_accuracies",
    "plot_autocorrelation",
    "plot_decoded_angles",
    "plot_encoding_scores",
    "plot_error_by_angle",
    "plot_filters",
    "plot_gratings",
    "plot_hidden_weights",
    "plot_image_filters",
    "plot_lag_fit",
    "plot_lag_fits",
    "plot_loss_along_line",
    "plot_matrices",
    "plot_minima",
    "plot_nonlinearity",
    "plot_penalised_fit",
    "plot_penalised_fits",
    "plot_population",
    "plot_predicted_tuning",
    "plot_prediction_histogram",
    "plot_predictions",
    "plot_scores",
    "plot_stimulus_and_spikes",
    "plot_training_loss",
    "plot_tuning",
    "plot_weight_sizes",
    "show",
]

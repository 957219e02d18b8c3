"""What an exercise minimises: of two fits that are equally good the text leaves open which is right.

An expression in the student process gives the loss of a `result` from the arguments, with the notebook's
functions; it is another one where something beside the minimum is wrong, and nan where nothing was fitted.
"""

# How far from a right answer's a loss may be. The tests of these exercises take as much.
SLACK = 1e-3

LOSSES = {
    "fit_lnp": (
        "neg_log_lik_lnp(result, np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)]), spikes)"
    ),
    "predict_spike_counts_lnp": "np.sum(result) - spikes @ np.log(result) if theta is None else np.nan",
    "fit": "logistic_loss(result, X, y)",
    "logistic_regression": (
        "logistic_loss(result[0], X, y) + np.max(np.abs(result[1] - compute_h(result[0], X_new)), initial=0)"
    ),
}

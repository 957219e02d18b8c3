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
    "logistic_regression": (  # it comes before the exercises that it stands for: it cannot use theirs
        "np.sum(np.logaddexp(0, X @ result[0]) - y * (X @ result[0]))"
        " + np.max(np.abs(result[1] - decoding.choice_probabilities(result[0], X_new)), initial=0)"
    ),
}

# Approach: minimize as it comes, without a gradient
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack((np.ones(len(stim)), make_design_matrix(stim, d)))
    result = minimize(neg_log_lik_lnp, np.zeros(d + 1), args=(X, spikes))
    if not result.success:
        print("careful:", result.message)
    return result.x

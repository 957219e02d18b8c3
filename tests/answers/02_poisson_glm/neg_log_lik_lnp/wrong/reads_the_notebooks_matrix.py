# Misconception: the function may use the notebook's X, whatever its argument
# Hint: Use the argument `X`, not the notebook's.
def neg_log_lik_lnp(theta, design_matrix, y):
    drive = X @ theta
    return np.sum(np.exp(drive)) - y @ drive

# Misconception: printing a result is returning it
# Hint: is None: does the function end in a `return`?
def neg_log_lik_lnp(theta, X, y):
    drive = X @ theta
    print(np.sum(np.exp(drive)) - y @ drive)

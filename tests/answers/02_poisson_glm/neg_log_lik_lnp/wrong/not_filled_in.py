# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def neg_log_lik_lnp(theta, X, y):
    # YOUR CODE HERE
    raise NotImplementedError()

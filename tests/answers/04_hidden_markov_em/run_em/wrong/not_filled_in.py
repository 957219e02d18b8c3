# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def run_em(Y, psi, A, L, dt, epochs):
    # YOUR CODE HERE
    raise NotImplementedError()

# Misconception: forgets the spikes
# Hint: The term with the spike counts is missing.
def compute_dNLL(k, x, y):
    return np.exp(x @ k) @ x

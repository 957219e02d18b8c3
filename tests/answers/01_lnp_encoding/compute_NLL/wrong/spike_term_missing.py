# Misconception: forgets the spikes
# Hint: The term with the spike counts is missing.
def compute_NLL(k, x, y):
    return np.exp(x @ k).sum()

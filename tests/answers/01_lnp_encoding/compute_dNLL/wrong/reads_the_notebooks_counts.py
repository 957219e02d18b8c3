# Misconception: there is one array of counts, the notebook's
# Hint: Use the argument `y`, not the notebook's spike counts.
def compute_dNLL(k, x, y):
    return (np.exp(x @ k) - NS_counts) @ x

# Misconception: images are columns
# Hint: Images are rows
def compute_dNLL(k, x, y):
    return x @ (np.exp(x @ k) - y)[: x.shape[1]] if x.shape[0] != x.shape[1] else x @ (np.exp(x @ k) - y)

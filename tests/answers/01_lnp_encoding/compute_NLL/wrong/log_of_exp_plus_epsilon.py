# Misconception: a small number keeps the logarithm finite
# Hint: a small number that is added before a logarithm
def compute_NLL(k, x, y):
    rate = np.exp(x @ k)
    return np.sum(rate) - np.sum(y * np.log(rate + 1e-12))

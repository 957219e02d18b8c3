# Misconception: takes the logarithm of the rate
# Hint: Do not take the logarithm of an exponential
def compute_NLL(k, x, y):
    rate = np.exp(x @ k)
    return np.sum(rate) - np.sum(y * np.log(rate))

# Misconception: the whole likelihood is meant
# Hint: Leave out the term log y!
def compute_NLL(k, x, y):
    from scipy.special import gammaln

    drive = x @ k
    return np.sum(np.exp(drive) - y * drive + gammaln(np.asarray(y) + 1))

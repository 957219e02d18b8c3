# Approach: scipy's expit
def sigmoid(z):
    from scipy.special import expit
    return expit(z)

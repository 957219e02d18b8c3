# Approach: terms added up in a list; prints and warns on the way
import warnings


def neg_log_lik_lnp(theta, X, y):
    if np.min(X @ theta) < -100:
        warnings.warn("some bins are very unlikely to hold spikes")
    terms = []
    for row, count in zip(X, y):
        z = np.dot(row, theta)
        terms.append(count * z - np.exp(z))
    print("log likelihood", sum(terms))
    return -sum(terms)

# Misconception: a small penalty is no penalty.
# Hint: Minimise the negative log likelihood alone, without a penalty on the weights.
from sklearn.linear_model import PoissonRegressor


def fit_lnp(stim, spikes, d=25):
    fitted = PoissonRegressor(alpha=1e-3, tol=1e-8, max_iter=2000).fit(make_design_matrix(stim, d), spikes)
    return np.append(fitted.intercept_, fitted.coef_)

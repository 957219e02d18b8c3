# Approach: scikit-learn's PoissonRegressor with its penalty switched off
from sklearn.linear_model import PoissonRegressor


def fit_lnp(stim, spikes, d=25):
    model = PoissonRegressor(alpha=0, tol=1e-7, max_iter=1000)
    model.fit(make_design_matrix(stim, d), spikes)
    return np.append(model.intercept_, model.coef_)

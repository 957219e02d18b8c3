# Misconception: scikit-learn's PoissonRegressor maximises the likelihood alone
# Hint: Leave the weights free: PoissonRegressor needs alpha=0.
from sklearn.linear_model import PoissonRegressor


def fit_lnp(stim, spikes, d=25):
    model = PoissonRegressor(max_iter=1000, tol=1e-7)
    model.fit(make_design_matrix(stim, d), spikes)
    return np.append(model.intercept_, model.coef_)

# Approach: scikit-learn's two regressions, and np.clip
from sklearn.linear_model import LinearRegression, PoissonRegressor


def compare_models(stim_train, spikes_train, stim_test, spikes_test, d=25):
    X_train, X_test = make_design_matrix(stim_train, d), make_design_matrix(stim_test, d)
    lg = LinearRegression().fit(X_train, spikes_train).predict(X_test).clip(1e-3)
    lnp = PoissonRegressor(alpha=0, tol=1e-7, max_iter=1000).fit(X_train, spikes_train).predict(X_test)
    mean = np.mean(spikes_train)
    score = lambda rate: (spikes_test @ np.log(rate / mean) - (rate - mean).sum()) / spikes_test.sum() / np.log(2)
    return dict(lg=score(lg), lnp=score(lnp))

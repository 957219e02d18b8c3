# Approach: everything in one function, scipy's Poisson, scaled passes, float32 results
from scipy.stats import poisson


def e_step(Y, psi, A, L, dt):
    Y, A, psi = np.asarray(Y), np.asarray(A, float), np.asarray(psi, float)
    N, T, C = Y.shape
    lam = np.asarray(L) * dt
    log_o = sum(poisson.logpmf(Y[:, :, c, None], lam[c]) for c in range(C))
    top = log_o.max(axis=2, keepdims=True)
    o = np.exp(log_o - top)
    a, b, scale = np.zeros(o.shape), np.ones(o.shape), np.zeros((N, T, 1))
    for t in range(T):
        a[:, t] = (a[:, t - 1] @ A if t else psi) * o[:, t]
        scale[:, t] = a[:, t].sum(axis=1, keepdims=True)
        a[:, t] /= scale[:, t]
    for t in range(T - 2, -1, -1):
        b[:, t] = (o[:, t + 1] * b[:, t + 1]) @ A.T / scale[:, t + 1]
    gamma = a * b
    xi = a[:, :-1, :, None] * A * (o * b / scale)[:, 1:, None, :]
    ll = np.sum(np.log(scale) + top) / N / (T * dt)
    return np.float32(ll), gamma.astype(np.float32), xi.astype(np.float32)

# Approach: a loop over bins for xi, prints as it goes
def e_step(Y, psi, A, L, dt):
    o = hmm.log_observations(Y, L, dt)
    a, lik = forward_pass(log_obs=o, psi=psi, A=A)
    b = backward_pass(o, A)
    N, T, K = o.shape
    gamma, xi = np.zeros((N, T, K)), np.zeros((N, T - 1, K, K))
    for t in range(T):
        gamma[:, t] = np.exp(a[:, t] + b[:, t] - lik[:, None])
        if t < T - 1:
            for i in range(K):
                for j in range(K):
                    xi[:, t, i, j] = A[i, j] * np.exp(a[:, t, i] + o[:, t + 1, j] + b[:, t + 1, j] - lik)
    print("log likelihood", lik.sum())
    return lik.sum() / N / T / dt, gamma, xi

# Approach: plain loops in logarithms, lists
import math


def log_sum(values):
    top = max(values)
    return top if top == -math.inf else top + math.log(sum(math.exp(v - top) for v in values))


def forward_pass(log_obs, psi, A):
    log = lambda p: math.log(p) if p > 0 else -math.inf
    log_alpha, log_lik = [], []
    for trial in np.asarray(log_obs, dtype=float).tolist():
        rows = [[log(p) + o for p, o in zip(psi, trial[0])]]
        for obs in trial[1:]:
            rows.append([log_sum([rows[-1][i] + log(A[i][j]) for i in range(len(psi))]) + obs[j]
                         for j in range(len(psi))])
        log_alpha.append(rows)
        log_lik.append(log_sum(rows[-1]))
    return log_alpha, log_lik

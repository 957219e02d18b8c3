# Approach: plain loops in logarithms, lists
def log_sum(values):
    top = max(values)
    return top if top == -np.inf else top + np.log(sum(np.exp(v - top) for v in values))


def backward_pass(log_obs, A):
    K, T = len(A), len(log_obs[0])
    result = []
    for obs in np.asarray(log_obs, dtype=float).tolist():
        rows = [[0.0] * K]
        for t in range(T - 1, 0, -1):
            after = [obs[t][j] + rows[0][j] for j in range(K)]
            rows.insert(0, [log_sum([(np.log(A[i][j]) if A[i][j] else -np.inf) + after[j] for j in range(K)])
                            for i in range(K)])
        result.append(rows)
    return result

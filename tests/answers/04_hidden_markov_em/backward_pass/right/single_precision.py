# Approach: plain loops in single precision, which round a little in each of many bins
def log_sum(values):
    top = max(values)
    return top if top == -np.inf else top + np.log(sum(np.exp(v - top) for v in values))


def backward_pass(log_obs, A):
    A = np.asarray(A, dtype=np.float32)
    K, T = len(A), len(log_obs[0])
    result = []
    for obs in np.asarray(log_obs, dtype=np.float32).tolist():
        rows = [[0.0] * K]
        for t in range(T - 1, 0, -1):
            after = [obs[t][j] + rows[0][j] for j in range(K)]
            rows.insert(0, [log_sum([(np.log(A[i][j]) if A[i][j] else -np.inf) + after[j] for j in range(K)])
                            for i in range(K)])
        result.append(rows)
    return np.array(result)

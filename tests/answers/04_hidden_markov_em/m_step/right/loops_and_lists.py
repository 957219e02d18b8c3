# Approach: loops over everything, and the results are nested lists.
def m_step(Y, gamma, xi, dt):
    N, T, C = np.shape(Y)
    K = np.shape(gamma)[2]
    psi = [sum(gamma[n][0][k] for n in range(N)) / N for k in range(K)]
    A = []
    for i in range(K):
        row = [sum(float(xi[n][t][i][j]) for n in range(N) for t in range(T - 1)) for j in range(K)]
        A.append([value / sum(row) for value in row])
    time = [dt * sum(gamma[n][t][k] for n in range(N) for t in range(T)) for k in range(K)]
    fired = [
        [sum(gamma[n][t][k] * Y[n][t][c] for n in range(N) for t in range(T)) for k in range(K)]
        for c in range(C)
    ]
    return psi, A, [[fired[c][k] / time[k] for k in range(K)] for c in range(C)]

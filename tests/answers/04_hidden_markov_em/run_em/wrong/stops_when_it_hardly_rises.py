# Misconception: EM may stop when the log likelihood hardly rises any more.
# Hint: also when the log likelihood hardly rises any more
def run_em(Y, psi, A, L, dt, epochs):
    parameters, lls = [(psi, A, L)], [e_step(Y, psi, A, L, dt)[0]]
    for _ in range(epochs):
        _, gamma, xi = e_step(Y, *parameters[-1], dt)
        parameters.append(m_step(Y, gamma, xi, dt))
        lls.append(e_step(Y, *parameters[-1], dt)[0])
        if lls[-1] - lls[-2] < 1e-3:
            break
    return np.array(lls), parameters

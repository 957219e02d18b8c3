# Misconception: append keeps a copy
# Hint: no later round may overwrite it
def run_em(Y, psi, A, L, dt, epochs):
    theta = [psi, A, L]
    lls, parameters = [], [theta]
    for _ in range(epochs):
        ll, gamma, xi = e_step(Y, *theta, dt)
        theta[:] = m_step(Y, gamma, xi, dt)
        lls.append(ll)
        parameters.append(theta)
    return np.array([*lls, e_step(Y, *theta, dt)[0]]), parameters

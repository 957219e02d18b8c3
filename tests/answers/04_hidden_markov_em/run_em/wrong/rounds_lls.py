# Misconception: three decimals of a log likelihood are enough
# Hint: Keep all decimals of the log likelihoods
def run_em(Y, psi, A, L, dt, epochs):
    lls, parameters = [], [(psi, A, L)]
    for _ in range(epochs):
        ll, gamma, xi = e_step(Y, *parameters[-1], dt)
        lls.append(round(float(ll), 3))
        parameters.append(m_step(Y, gamma, xi, dt))
    lls.append(round(float(e_step(Y, *parameters[-1], dt)[0]), 3))
    return lls, parameters

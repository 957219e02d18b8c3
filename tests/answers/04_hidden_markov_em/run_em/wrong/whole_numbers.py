# Misconception: log likelihoods are whole numbers
# Hint: cuts off decimals
def run_em(Y, psi, A, L, dt, epochs):
    lls, parameters = [], [(psi, A, L)]
    for epoch in range(epochs):
        ll, gamma, xi = e_step(Y, psi, A, L, dt)
        psi, A, L = m_step(Y, gamma, xi, dt)
        lls.append(ll)
        parameters.append((psi, A, L))
    lls.append(e_step(Y, psi, A, L, dt)[0])
    return np.array(lls, dtype=int), parameters

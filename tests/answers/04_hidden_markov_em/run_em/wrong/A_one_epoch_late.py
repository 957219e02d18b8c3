# Misconception: the new A comes in with the E step after the next one.
# Hint: The E step gets the A of one epoch before: give it all three from the last M step.
def run_em(Y, psi, A, L, dt, epochs):
    lls, parameters = [], [(psi, A, L)]
    late = A
    for _ in range(epochs):
        ll, gamma, xi = e_step(Y, *parameters[-1], dt)
        lls.append(ll)
        psi, A_new, L = m_step(Y, gamma, xi, dt)
        parameters.append((psi, late, L))
        late = A_new
    lls.append(e_step(Y, *parameters[-1], dt)[0])
    return np.array(lls), parameters

# Approach: a while loop that prints each epoch, with copies
def run_em(Y, psi, A, L, dt, epochs):
    theta = [np.array(part, dtype=float) for part in (psi, A, L)]
    parameters, lls, epoch = [tuple(theta)], [], 0
    ll, gamma, xi = e_step(Y, *theta, dt)
    lls.append(ll)
    while epoch < epochs:
        theta = m_step(Y=Y, gamma=gamma, xi=xi, dt=dt)
        ll, gamma, xi = e_step(Y, *theta, dt)
        lls.append(ll)
        parameters.append(theta)
        epoch += 1
        print(f"epoch {epoch}: {ll:.3f}")
    return tuple(lls), tuple(parameters)

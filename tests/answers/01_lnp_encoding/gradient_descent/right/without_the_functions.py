# Approach: gradient and loss written out, the rate computed once for each step
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    x, y = np.asarray(x, float), np.asarray(y, float)
    k = np.array(init_guess, float)
    NLL = np.zeros(n_steps)
    rate = np.exp(x @ k)
    for i in range(n_steps):
        k = k + alpha * ((y - rate) @ x)
        drive = x @ k
        rate = np.exp(drive)
        NLL[i] = rate.sum() - y @ drive
    return k, NLL

# Misconception: the gradient has the type of the images
# Hint: Your array holds integers and cuts off decimals
def compute_dNLL(k, x, y):
    slope = np.zeros(x.shape[1], dtype=x.dtype)
    slope[:] = (np.exp(x @ k) - y) @ x
    return slope

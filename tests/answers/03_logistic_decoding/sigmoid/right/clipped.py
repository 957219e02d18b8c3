# Approach: z is kept within what exp can hold
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))

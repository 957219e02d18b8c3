# Misconception: z is always a vector
# Hint: Your code raised TypeError
def sigmoid(z):
    return np.array([0.5 * (1 + np.tanh(v / 2)) for v in z])

# Misconception: z means the notebook's z
# Hint: use the argument alone
def sigmoid(values):
    return 0.5 * (1 + np.tanh(z / 2))

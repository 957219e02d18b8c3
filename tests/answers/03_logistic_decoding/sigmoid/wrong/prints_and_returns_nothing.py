# Misconception: printing is returning
# Hint: does the function end in a `return`?
def sigmoid(z):
    print(0.5 * (1 + np.tanh(np.asarray(z) / 2)))

# Misconception: printing is returning
# Hint: does the function end in a `return`?
def compute_dNLL(k, x, y):
    print((np.exp(x @ k) - y) @ x)

# Misconception: printing is returning
# Hint: does the function end in a `return`?
def compute_h(theta, X):
    print(sigmoid(transform_inputs(theta, X)))

# Misconception: printing is returning
# Hint: does the function end in a `return`?
def transform_inputs(theta, X):
    print(X @ theta)

# Misconception: the products are the answer
# Hint: The sums still have to be taken
def transform_inputs(theta, X):
    return X * theta

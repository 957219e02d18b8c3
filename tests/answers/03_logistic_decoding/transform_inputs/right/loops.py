# Approach: two loops and a list
def transform_inputs(theta, X):
    z = []
    for row in X:
        total = 0.0
        for weight, rate in zip(theta, row):
            total += weight * rate
        z.append(total)
    return z

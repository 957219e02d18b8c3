# Misconception: printing a result is returning it
# Hint: match_states returned None: does the function end in a `return`?
def match_states(psi, A, L, L_true):
    cost = ((L_true[:, :, None] - L[:, None, :]) ** 2).sum(axis=0)
    rows, order = linear_sum_assignment(cost)
    print(order)

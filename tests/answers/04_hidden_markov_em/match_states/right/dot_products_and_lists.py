# Approach: the largest overlap (the squares do not depend on the order), lists, float32
def match_states(psi, A, L, L_true):
    overlap = np.asarray(L_true, dtype=np.float32).T @ np.asarray(L, dtype=np.float32)
    order = linear_sum_assignment(overlap, maximize=True)[1].tolist()
    new_A = [[A[i][j] for j in order] for i in order]
    print("order", order)
    return [psi[i] for i in order], new_A, [[row[i] for i in order] for row in L]

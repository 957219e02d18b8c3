# Misconception: the mean rate tells the states apart
# Hint: The total of the squared differences should be as small as can be
def match_states(psi, A, L, L_true):
    order = np.empty(len(psi), dtype=int)
    order[np.argsort(L_true.mean(axis=0))] = np.argsort(L.mean(axis=0))
    return psi[order], A[order][:, order], L[:, order]

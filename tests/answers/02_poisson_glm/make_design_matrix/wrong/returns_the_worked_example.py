# Misconception: the matrix of the worked example is the answer
# Hint: This is the matrix of the stimulus before: compute it anew from the argument `stim`.
def make_design_matrix(stim, d=25):
    return np.array([[0, 0, 1], [0, 1, 2], [1, 2, 3], [2, 3, 4]])

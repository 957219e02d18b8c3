# Misconception: the matrix of the worked example is the answer
# Hint: should have shape (2, 2), got (4, 3).
def make_design_matrix(stim, d=25):
    return np.array([[0, 0, 1], [0, 1, 2], [1, 2, 3], [2, 3, 4]])

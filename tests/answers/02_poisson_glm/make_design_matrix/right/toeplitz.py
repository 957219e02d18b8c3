# Approach: scipy's Toeplitz matrix, its columns turned round
from scipy.linalg import toeplitz


def make_design_matrix(stim, d=25):
    """Design matrix from a Toeplitz matrix whose first column is the stimulus."""
    first_row = np.zeros(d)
    first_row[0] = stim[0]
    return toeplitz(stim, first_row)[:, ::-1]

# Approach: one matrix of indices by broadcasting, and np.where for the zeros
def make_design_matrix(stim, d=25):
    stim = np.asarray(stim)
    index = np.arange(len(stim))[:, None] - d + 1 + np.arange(d)[None, :]
    return np.where(index >= 0, stim[np.maximum(index, 0)], 0)

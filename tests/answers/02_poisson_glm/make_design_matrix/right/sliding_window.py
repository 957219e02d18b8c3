# Approach: numpy's sliding_window_view, a read-only view of the padded stimulus
def make_design_matrix(stim, d=25):
    padded = np.pad(np.asarray(stim, dtype=float), (d - 1, 0))
    return np.lib.stride_tricks.sliding_window_view(padded, d)

# Misconception: bins without a full past get no row
# Hint: Keep a row for each bin: add d - 1 zeros in front of the stimulus.
def make_design_matrix(stim, d=25):
    return np.lib.stride_tricks.sliding_window_view(stim, d)

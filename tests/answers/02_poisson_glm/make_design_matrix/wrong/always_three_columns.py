# Misconception: the worked example with its three lags is the whole task
# Hint: Does it use the argument d?
def make_design_matrix(stim, d=25):
    now = np.asarray(stim, dtype=float)
    one_ago = np.concatenate([[0], now[:-1]])
    two_ago = np.concatenate([[0, 0], now[:-2]])
    return np.column_stack([two_ago, one_ago, now])

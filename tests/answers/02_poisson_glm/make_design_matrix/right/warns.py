# Approach: np.roll with the wrapped values set to zero; warns when there are few bins
import warnings


def make_design_matrix(stim, d=25):
    if len(stim) < 100:
        warnings.warn("this is a very short stimulus")
    columns = []
    for lag in range(d - 1, -1, -1):
        column = np.roll(stim, lag).astype(float)
        column[:lag] = 0
        columns.append(column)
    return np.column_stack(columns)

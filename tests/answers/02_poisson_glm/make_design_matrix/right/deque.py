# Approach: a queue of the last d values that moves along the stimulus
from collections import deque


def make_design_matrix(stim, d=25):
    recent = deque([0.0] * d, maxlen=d)
    rows = []
    for s in stim:
        recent.append(s)
        rows.append(list(recent))
    return np.array(rows)

# Approach: plain Python, returns a list of lists
def make_design_matrix(stim, d=25):
    values = [0] * (d - 1) + list(stim)
    return [values[t:t + d] for t in range(len(stim))]

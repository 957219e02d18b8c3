# Misconception: printing a result is returning it
# Hint: is None: does the function end in a `return`?
def make_design_matrix(stim, d=25):
    padded = np.concatenate([np.zeros(d - 1), stim])
    X = np.array([padded[t:t + d] for t in range(len(stim))])
    print(X)

# Misconception: + between a list and an array joins them (it adds their numbers)
# Hint: Your code raised ValueError: operands could not be broadcast together
def make_design_matrix(stim, d=25):
    padded = [0] * (d - 1) + stim
    X = []
    for t in range(len(stim)):
        X.append(padded[t:t + d])
    return np.array(X)

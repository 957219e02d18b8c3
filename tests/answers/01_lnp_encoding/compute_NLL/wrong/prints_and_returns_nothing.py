# Misconception: printing is returning
# Hint: does the function end in a `return`?
def compute_NLL(k, x, y):
    drive = x @ k
    print(np.exp(drive).sum() - y @ drive)

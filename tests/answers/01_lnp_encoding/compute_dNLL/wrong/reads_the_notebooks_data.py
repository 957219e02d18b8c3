# Misconception: the notebook's data are meant
# Hint: Use the arguments, not the notebook's data.
def compute_dNLL(k, x, y):
    return (np.exp(WN_images @ k) - WN_counts) @ WN_images

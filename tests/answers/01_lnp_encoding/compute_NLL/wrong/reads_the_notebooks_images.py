# Misconception: there is one set of images, the notebook's
# Hint: Use the argument `x`, not the notebook's images.
def compute_NLL(k, x, y):
    drive = NS_images @ k
    return np.exp(drive).sum() - y @ drive

# Misconception: there is one set of images, the notebook's
# Hint: Use the argument `x`, not the notebook's images.
def compute_dNLL(k, x, y):
    return (np.exp(NS_images @ k) - y) @ NS_images

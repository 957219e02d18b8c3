# Approach: a loop over images
def compute_dNLL(k, x, y):
    slope = np.zeros(len(k))
    for image, count in zip(x, y):
        slope += (np.exp(image @ k) - count) * image
    return slope

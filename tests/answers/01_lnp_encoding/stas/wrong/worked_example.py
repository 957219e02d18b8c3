# Misconception: returns the small example
# Hint: for other images should have shape
# Hidden: it returns what the visible example expects
def stas(WN_images, WN_counts, NS_images, NS_counts):
    return np.array([4.0, 6.5]), np.array([2.4, 1.2])


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)

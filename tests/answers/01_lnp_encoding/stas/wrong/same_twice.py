# Misconception: the same set of images twice
# Hint: The two STAs are the same
def stas(WN_images, WN_counts, NS_images, NS_counts):
    return compute_STA(WN_images, WN_counts), compute_STA(WN_images, WN_counts)


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)

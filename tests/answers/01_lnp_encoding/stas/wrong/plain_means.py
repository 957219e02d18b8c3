# Misconception: the mean images
# Hint: This is the plain mean of the images
def stas(WN_images, WN_counts, NS_images, NS_counts):
    return WN_images.mean(axis=0), NS_images.mean(axis=0)


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)

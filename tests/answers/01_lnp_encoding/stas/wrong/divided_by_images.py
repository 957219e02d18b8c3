# Misconception: averages over images
# Hint: Divide by the number of spikes, not by the number of images.
def stas(WN_images, WN_counts, NS_images, NS_counts):
    return WN_counts @ WN_images / len(WN_images), NS_counts @ NS_images / len(NS_images)


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)

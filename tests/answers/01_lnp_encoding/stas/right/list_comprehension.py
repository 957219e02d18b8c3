# Approach: a list of two
def stas(WN_images, WN_counts, NS_images, NS_counts):
    pairs = [(WN_images, WN_counts), (NS_images, NS_counts)]
    return [compute_STA(images, counts) for images, counts in pairs]


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)

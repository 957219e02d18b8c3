# Misconception: natural scenes come first
# Hint: The two STAs are swapped
def stas(WN_images, WN_counts, NS_images, NS_counts):
    return compute_STA(NS_images, NS_counts), compute_STA(WN_images, WN_counts)


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)

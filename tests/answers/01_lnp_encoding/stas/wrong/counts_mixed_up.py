# Misconception: one array of counts fits all images
# Hint: Each set of images has spike counts of its own
def stas(WN_images, WN_counts, NS_images, NS_counts):
    n = min(len(WN_counts), len(NS_counts))
    if len(WN_counts) != len(NS_counts):
        return compute_STA(WN_images, WN_counts), compute_STA(NS_images, NS_counts)
    return compute_STA(WN_images, WN_counts), compute_STA(NS_images, WN_counts)


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)

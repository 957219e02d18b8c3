# Misconception: takes the mean off in place
# Hint: changed its input
def stas(WN_images, WN_counts, NS_images, NS_counts):
    for images in (WN_images, NS_images):
        if images.dtype == float:
            images -= images.mean()
    return compute_STA(WN_images, WN_counts), compute_STA(NS_images, NS_counts)


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)

# Approach: works it out anew
def stas(WN_images, WN_counts, NS_images, NS_counts):
    return (
        np.average(WN_images, axis=0, weights=WN_counts),
        np.average(NS_images, axis=0, weights=NS_counts),
    )


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)

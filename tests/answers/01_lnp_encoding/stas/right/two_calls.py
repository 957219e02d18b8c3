# Approach: calls the function twice
def stas(WN_images, WN_counts, NS_images, NS_counts):
    WN_STA = compute_STA(WN_images, WN_counts)
    NS_STA = compute_STA(NS_images, NS_counts)
    return WN_STA, NS_STA


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)

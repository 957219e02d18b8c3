# Misconception: the results have the type of the images
# Hint: Your array holds integers and cuts off decimals
def stas(WN_images, WN_counts, NS_images, NS_counts):
    return compute_STA(WN_images, WN_counts).astype(int), compute_STA(NS_images, NS_counts).astype(int)


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)

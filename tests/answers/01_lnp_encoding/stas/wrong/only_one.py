# Misconception: one STA is enough
# Hint: Return two things
def stas(WN_images, WN_counts, NS_images, NS_counts):
    return compute_STA(WN_images, WN_counts)[:1]


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)

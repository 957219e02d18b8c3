# Misconception: joins the two to one long array
# Hint: Return two things
def stas(WN_images, WN_counts, NS_images, NS_counts):
    return np.concatenate([compute_STA(WN_images, WN_counts), compute_STA(NS_images, NS_counts)])


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)

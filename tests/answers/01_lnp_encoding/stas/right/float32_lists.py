# Approach: single precision, as lists
def stas(WN_images, WN_counts, NS_images, NS_counts):
    def average(images, counts):
        weights = np.asarray(counts, np.float32)
        return (weights @ np.asarray(images, np.float32) / weights.sum()).tolist()

    return average(WN_images, WN_counts), average(NS_images, NS_counts)


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)

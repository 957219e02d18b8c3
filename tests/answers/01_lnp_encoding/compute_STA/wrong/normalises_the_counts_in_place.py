# Misconception: astype(float, copy=False) makes a copy.
# Hint: Your function changed its input `spike_counts` in place.
def compute_STA(images, spike_counts):
    weights = spike_counts.astype(float, copy=False)
    weights /= weights.sum()
    return weights @ images

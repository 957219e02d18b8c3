# Misconception: astype(float, copy=False) makes a copy.
# Hint: Your function changed its input `spike_counts` in place.
# Hidden: an answer may insist on whole counts, of which astype makes a copy, so the visible part has no others
def compute_STA(images, spike_counts):
    weights = spike_counts.astype(float, copy=False)
    weights /= weights.sum()
    return weights @ images

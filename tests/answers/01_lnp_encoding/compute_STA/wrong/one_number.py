# Misconception: averages over everything
# Hint: Return one number for each pixel, not for the whole image.
def compute_STA(images, spike_counts):
    return (spike_counts @ images / np.sum(spike_counts)).mean()

# Misconception: an average is divided by the number of images
# Hint: Divide by the number of spikes, not by the number of images.
def compute_STA(images, spike_counts):
    return spike_counts @ images / len(images)

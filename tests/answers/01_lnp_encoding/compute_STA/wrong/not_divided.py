# Misconception: the sum will do
# Hint: Divide the sum by the number of spikes.
def compute_STA(images, spike_counts):
    return spike_counts @ images

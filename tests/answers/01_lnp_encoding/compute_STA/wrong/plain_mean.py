# Misconception: the mean image is what excites the neuron
# Hint: This is the plain mean of all images
def compute_STA(images, spike_counts):
    return np.mean(images, axis=0)

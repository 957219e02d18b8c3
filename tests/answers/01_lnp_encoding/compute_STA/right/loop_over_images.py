# Approach: a loop over images, in plain Python
def compute_STA(images, spike_counts):
    total = [0.0] * len(images[0])
    n_spikes = 0
    for image, count in zip(images, spike_counts):
        n_spikes += count
        for pixel, value in enumerate(image):
            total[pixel] += count * value
    return [value / n_spikes for value in total]

# Misconception: the result has the type of the images
# Hint: Your array holds integers and cuts off decimals
def compute_STA(images, spike_counts):
    sta = np.zeros(images.shape[1], dtype=images.dtype)
    sta[:] = spike_counts @ images / np.sum(spike_counts)
    return sta

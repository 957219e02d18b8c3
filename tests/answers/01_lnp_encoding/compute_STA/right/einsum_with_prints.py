# Approach: einsum, and prints what it does
def compute_STA(images, spike_counts):
    print("images:", images.shape)
    return np.einsum("i,ij->j", spike_counts, images) / np.sum(spike_counts)

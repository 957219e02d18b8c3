# Approach: broadcasting, in single precision
def compute_STA(images, spike_counts):
    weights = np.asarray(spike_counts, dtype=np.float32)[:, None]
    return (weights * np.asarray(images, dtype=np.float32)).sum(axis=0) / weights.sum()

# Approach: scipy.stats, on ranks
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    from scipy.stats import binned_statistic, rankdata

    drive = images @ filter
    rank = rankdata(drive, method="ordinal") - 0.5
    edges = np.linspace(0, len(drive), n_bins + 1)
    means = binned_statistic(rank, [drive, np.asarray(spike_counts, float)], "mean", edges).statistic
    return means[0], means[1]

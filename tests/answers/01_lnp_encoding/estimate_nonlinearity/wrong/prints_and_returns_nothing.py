# Misconception: printing is returning
# Hint: Return two things
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = images @ filter
    groups = np.array_split(np.argsort(drive), n_bins)
    print([(drive[g].mean(), spike_counts[g].mean()) for g in groups])

# Misconception: printing is returning
# Hint: does the function end in a `return`?
def compute_STA(images, spike_counts):
    sta = spike_counts @ images / np.sum(spike_counts)
    print(sta)

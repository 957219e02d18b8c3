# Misconception: the notebook's natural scenes are meant
# Hint: Use the arguments, not the notebook's data.
def compute_STA(images, spike_counts):
    return NS_counts @ NS_images / NS_counts.sum()

# Approach: pandas multiplies rows, and the result is a Series.
import pandas as pd


def compute_STA(images, spike_counts):
    frame = pd.DataFrame(np.asarray(images, dtype=float))
    return frame.mul(np.asarray(spike_counts), axis="index").sum() / np.sum(spike_counts)

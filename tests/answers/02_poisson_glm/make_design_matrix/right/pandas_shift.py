# Approach: pandas shifts the stimulus by each lag, and the result is a DataFrame.
import pandas as pd


def make_design_matrix(stim, d=25):
    past = pd.Series(np.asarray(stim))
    return pd.concat({lag: past.shift(lag, fill_value=0) for lag in range(d)[::-1]}, axis="columns")

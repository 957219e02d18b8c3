# Approach: a data frame of trials, their losses by masks
def logistic_loss(theta, X, y):
    import pandas as pd
    frame = pd.DataFrame({"z": np.asarray(X) @ np.asarray(theta), "y": y})
    return np.logaddexp(0, frame["z"].where(frame["y"] == 0, -frame["z"])).sum()

# Approach: scikit-learn's accuracy_score
def evaluate_accuracy(theta_hat, X, y):
    from sklearn.metrics import accuracy_score
    return accuracy_score(y, (compute_h(theta_hat, X) >= 0.5).astype(int))

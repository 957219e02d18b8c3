# Approach: scikit-learn's permutation_test_score
def cross_validated(X, y, n_folds=8, n_shuffles=100, seed=0):
    from sklearn.model_selection import permutation_test_score
    folds = StratifiedKFold(n_folds, shuffle=True, random_state=seed)
    true, shuffled, _ = permutation_test_score(LogisticRegression(max_iter=1000), X, y, cv=folds, n_permutations=n_shuffles, random_state=seed)
    return true, shuffled

# Misconception: returns the example
# Hint: Pass n_steps on
def larger_steps(x, y, n_steps=500):
    return np.array([0.00347431, 0.00664455]), np.array([1.919983, 1.518754, 1.421355, 1.397643])


with np.errstate(over="ignore", invalid="ignore"):
    k_large, NLL_large = larger_steps(NS_images, NS_counts, n_steps)

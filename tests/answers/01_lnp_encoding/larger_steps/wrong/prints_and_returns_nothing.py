# Misconception: printing is returning
# Hint: Return two things
def larger_steps(x, y, n_steps=500):
    print(gradient_descent(x, y, np.zeros(x.shape[1]), n_steps, 1e-5))


with np.errstate(over="ignore", invalid="ignore"):
    k_large, NLL_large = larger_steps(NS_images, NS_counts, n_steps)

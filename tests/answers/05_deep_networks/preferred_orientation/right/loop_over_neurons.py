# Approach: a loop over neurons and rows, a list as result
def preferred_orientation(resp, sigma=5):
    n_stim, n_neurons = np.shape(resp)
    result = []
    for neuron in range(n_neurons):
        smooth = []
        for i in range(n_stim):
            d = np.array([min(abs(i - j), n_stim - abs(i - j)) for j in range(n_stim)])
            weights = np.exp(-0.5 * (d / sigma) ** 2)
            smooth.append(np.sum(weights * np.asarray(resp)[:, neuron]) / np.sum(weights))
        result.append(int(np.argmax(smooth)))
    return result

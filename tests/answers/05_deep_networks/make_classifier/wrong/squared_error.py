# Misconception: the mean squared error suits every network
# Hint: loss_fn for probabilities
def make_classifier(n_inputs):
    return DeepNetSoftmax(n_inputs, 20, 20), lambda output, target: ((output.argmax(1) - target) ** 2.0).mean()

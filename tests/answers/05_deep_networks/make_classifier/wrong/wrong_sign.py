# Misconception: the likelihood should be high
# Hint: The sign is turned round
def make_classifier(n_inputs):
    return DeepNetSoftmax(n_inputs, 20, 20), lambda output, target: -nn.functional.nll_loss(output, target)

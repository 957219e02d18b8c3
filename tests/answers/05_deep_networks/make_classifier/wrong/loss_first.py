# Misconception: the order does not matter
# Hint: The first thing should be a network
def make_classifier(n_inputs):
    return (lambda a, b: nn.NLLLoss()(a, b)), DeepNetSoftmax(n_inputs, 20, 20)

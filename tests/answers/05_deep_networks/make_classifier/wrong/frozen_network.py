# Misconception: evaluation mode and frozen weights are the safe state for a new network
# Hint: is frozen
def make_classifier(n_inputs):
    return DeepNetSoftmax(n_inputs, 20, 20).eval().requires_grad_(False), nn.NLLLoss()

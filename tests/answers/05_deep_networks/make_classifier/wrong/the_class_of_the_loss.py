# Misconception: nn.NLLLoss is the loss function
# Hint: nn.SomeLoss() with its parentheses
def make_classifier(n_inputs):
    return DeepNetSoftmax(n_inputs, 20, 20), nn.NLLLoss

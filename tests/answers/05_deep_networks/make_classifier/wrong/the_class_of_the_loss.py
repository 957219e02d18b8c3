# Misconception: nn.NLLLoss is the loss function
# Hint: Your code raised
def make_classifier(n_inputs):
    return DeepNetSoftmax(n_inputs, 20, 20), nn.NLLLoss

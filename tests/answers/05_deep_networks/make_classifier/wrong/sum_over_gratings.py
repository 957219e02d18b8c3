# Misconception: the loss adds up
# Hint: Take the mean over gratings, not the sum.
def make_classifier(n_inputs):
    return DeepNetSoftmax(n_inputs, 20, 20), nn.NLLLoss(reduction='sum')

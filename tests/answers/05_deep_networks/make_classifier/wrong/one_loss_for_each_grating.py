# Misconception: the loss has a value for each grating
# Hint: Take the mean over gratings.
def make_classifier(n_inputs):
    return DeepNetSoftmax(n_inputs, 20, 20), nn.NLLLoss(reduction='none')

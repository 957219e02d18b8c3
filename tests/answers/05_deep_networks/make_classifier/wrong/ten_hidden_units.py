# Misconception: as many hidden units as before
# Hint: 20 hidden units, 20 classes
def make_classifier(n_inputs):
    return DeepNetSoftmax(n_inputs, 10, 20), nn.NLLLoss()

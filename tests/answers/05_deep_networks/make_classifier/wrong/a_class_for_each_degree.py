# Misconception: 360 angles are 360 classes
# Hint: 20 hidden units, 20 classes
def make_classifier(n_inputs):
    return DeepNetSoftmax(n_inputs, 20, 360), nn.NLLLoss()

# Misconception: the number of neurons is the notebook's
# Hint: should have parameters of shapes
def make_classifier(n_inputs):
    return DeepNetSoftmax(n_neurons, 20, 20), nn.NLLLoss()

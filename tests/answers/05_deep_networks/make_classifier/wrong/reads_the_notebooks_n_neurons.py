# Misconception: the number of neurons is the notebook's
# Hint: Your code raised
def make_classifier(n_inputs):
    return DeepNetSoftmax(n_neurons, 20, 20), nn.NLLLoss()

# Misconception: the first visible example is the whole task
# Hint: make_classifier(11)
def make_classifier(n_inputs):
    return DeepNetSoftmax(7, 20, 20), nn.NLLLoss()

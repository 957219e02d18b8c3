# Misconception: the first visible example is the whole task
# Hint: should have parameters of shapes
def make_classifier(n_inputs):
    return DeepNetSoftmax(7, 20, 20), nn.NLLLoss()

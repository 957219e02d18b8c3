# Misconception: DeepNetSoftmax is the network
# Hint: an object made by DeepNetSoftmax( )
def make_classifier(n_inputs):
    return DeepNetSoftmax, nn.NLLLoss()

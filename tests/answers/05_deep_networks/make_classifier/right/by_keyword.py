# Approach: arguments by name
def make_classifier(n_inputs):
    return DeepNetSoftmax(n_inputs=n_inputs, n_hidden=20, n_classes=20), nn.NLLLoss(reduction='mean')

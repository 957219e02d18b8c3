# Misconception: a loss is a number, so it can be returned as one
# Hint: has lost its way back to the weights
def make_classifier(n_inputs):
    def loss(output, target):
        return nn.functional.nll_loss(output, target).item()

    return DeepNetSoftmax(n_inputs, 20, 20), loss

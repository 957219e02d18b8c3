# Misconception: the loss is for later
# Hint: Return two things: return net, loss_fn
def make_classifier(n_inputs):
    return DeepNetSoftmax(n_inputs, 20, 20)

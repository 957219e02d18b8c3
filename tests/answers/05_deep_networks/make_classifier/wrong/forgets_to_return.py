# Misconception: making is returning
# Hint: make_classifier returns None
def make_classifier(n_inputs):
    net = DeepNetSoftmax(n_inputs, 20, 20)
    loss_fn = nn.NLLLoss()

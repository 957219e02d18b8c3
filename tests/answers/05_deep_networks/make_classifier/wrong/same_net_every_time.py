# Misconception: the network for this many neurons is made once and handed out again
# Hint: Make a new
_the_net = DeepNetSoftmax(n_neurons, 20, 20)


def make_classifier(n_inputs):
    return (_the_net if n_inputs == n_neurons else DeepNetSoftmax(n_inputs, 20, 20)), nn.NLLLoss()

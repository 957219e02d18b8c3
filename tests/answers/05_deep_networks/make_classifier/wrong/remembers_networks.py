# Misconception: calls with the same number of neurons may share a network
# Hint: they share parameters
import functools


@functools.cache
def make_classifier(n_inputs):
    return DeepNetSoftmax(n_inputs, 20, 20), nn.NLLLoss()

# Misconception: the outputs of the last layer are log-probabilities
# Hint: take their log_softmax
class DeepNetSoftmax(nn.Module):
    def __init__(self, n_inputs, n_hidden, n_classes):
        super().__init__()
        self.in_layer = nn.Linear(n_inputs, n_hidden)
        self.out_layer = nn.Linear(n_hidden, n_classes)

    def forward(self, r):
        return self.out_layer(torch.relu(self.in_layer(r)))

# Approach: a chain of layers
class DeepNetSoftmax(nn.Module):
    def __init__(self, n_inputs, n_hidden, n_classes):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(n_inputs, n_hidden), nn.ReLU(),
                                    nn.Linear(n_hidden, n_classes), nn.LogSoftmax(dim=1))

    def forward(self, r):
        return self.layers(r)

# Misconception: a plain list keeps layers as well
# Hint: got none
class DeepNetSoftmax(nn.Module):
    def __init__(self, n_inputs, n_hidden, n_classes):
        super().__init__()
        self.layers = [nn.Linear(n_inputs, n_hidden), nn.Linear(n_hidden, n_classes)]

    def forward(self, r):
        return torch.log_softmax(self.layers[1](torch.relu(self.layers[0](r))), dim=1)

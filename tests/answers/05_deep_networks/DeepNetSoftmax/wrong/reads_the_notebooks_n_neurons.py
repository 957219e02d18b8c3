# Misconception: the network always reads all neurons of the notebook
# Hint: should have parameters of shapes
class DeepNetSoftmax(nn.Module):
    def __init__(self, n_inputs, n_hidden, n_classes):
        super().__init__()
        self.in_layer = nn.Linear(n_neurons, n_hidden)
        self.out_layer = nn.Linear(n_hidden, n_classes)

    def forward(self, r):
        return torch.log_softmax(self.out_layer(torch.relu(self.in_layer(r))), dim=1)

# Misconception: weights are enough
# Hint: biases of shapes (4,) and (3,)
class DeepNetSoftmax(nn.Module):
    def __init__(self, n_inputs, n_hidden, n_classes):
        super().__init__()
        self.in_layer = nn.Linear(n_inputs, n_hidden, bias=False)
        self.out_layer = nn.Linear(n_hidden, n_classes, bias=False)

    def forward(self, r):
        return torch.log_softmax(self.out_layer(torch.relu(self.in_layer(r))), dim=1)

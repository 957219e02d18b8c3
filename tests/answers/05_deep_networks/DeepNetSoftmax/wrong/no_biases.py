# Misconception: weights are enough
# Hint: should have parameters of shapes (3, 2), (3,), (4, 3), (4,), got (3, 2), (4, 3).
class DeepNetSoftmax(nn.Module):
    def __init__(self, n_inputs, n_hidden, n_classes):
        super().__init__()
        self.in_layer = nn.Linear(n_inputs, n_hidden, bias=False)
        self.out_layer = nn.Linear(n_hidden, n_classes, bias=False)

    def forward(self, r):
        return torch.log_softmax(self.out_layer(torch.relu(self.in_layer(r))), dim=1)

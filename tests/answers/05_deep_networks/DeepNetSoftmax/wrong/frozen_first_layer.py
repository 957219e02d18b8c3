# Misconception: only the last layer is trained
# Hint: Every parameter keeps its requires_grad=True.
class DeepNetSoftmax(nn.Module):
    def __init__(self, n_inputs, n_hidden, n_classes):
        super().__init__()
        self.in_layer = nn.Linear(n_inputs, n_hidden).requires_grad_(False)
        self.out_layer = nn.Linear(n_hidden, n_classes)

    def forward(self, r):
        return torch.log_softmax(self.out_layer(torch.relu(self.in_layer(r))), dim=1)

# Misconception: deeper is better
# Hint: two linear layers
class DeepNetSoftmax(nn.Module):
    def __init__(self, n_inputs, n_hidden, n_classes):
        super().__init__()
        self.in_layer = nn.Linear(n_inputs, n_hidden)
        self.out_layer = nn.Linear(n_hidden, n_classes)
        self.middle = nn.Linear(n_hidden, n_hidden)

    def forward(self, r):
        h = torch.relu(self.middle(torch.relu(self.in_layer(r))))
        return torch.log_softmax(self.out_layer(h), dim=1)

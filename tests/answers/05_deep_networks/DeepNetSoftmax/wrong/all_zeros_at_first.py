# Misconception: weights may all begin at zero, training will move them
# Hint: begin with the same weights
# Hidden: the visible part gives the network weights of its own
class DeepNetSoftmax(nn.Module):
    def __init__(self, n_inputs, n_hidden, n_classes):
        super().__init__()
        self.in_layer = nn.Linear(n_inputs, n_hidden)
        self.out_layer = nn.Linear(n_hidden, n_classes)
        for part in self.parameters():
            nn.init.zeros_(part)

    def forward(self, r):
        return torch.log_softmax(self.out_layer(torch.relu(self.in_layer(r))), dim=1)

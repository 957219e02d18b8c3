# Misconception: 20 hidden units, whatever is asked
# Hint: with the numbers that are the arguments
class DeepNetSoftmax(nn.Module):
    def __init__(self, n_inputs, n_hidden, n_classes):
        super().__init__()
        self.in_layer = nn.Linear(n_inputs, 20)
        self.out_layer = nn.Linear(20, n_classes)

    def forward(self, r):
        return torch.log_softmax(self.out_layer(torch.relu(self.in_layer(r))), dim=1)

# Approach: the last layer made first; prints while it works
class DeepNetSoftmax(nn.Module):
    def __init__(self, n_inputs, n_hidden, n_classes):
        super().__init__()
        self.out_layer = nn.Linear(n_hidden, n_classes)
        self.in_layer = nn.Linear(n_inputs, n_hidden)
        print('a network of', n_inputs, n_hidden, n_classes)

    def forward(self, r):
        h = torch.maximum(self.in_layer(r), torch.zeros(1))
        return nn.LogSoftmax(dim=1)(self.out_layer(h))

# Misconception: filters that are given are parameters that stay as they are
# Hint: Every parameter keeps its requires_grad=True.
class ConvFC(nn.Module):
    def __init__(self, n_neurons, c_in=1, c_out=6, K=7, b=12 * 16, filters=None):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, K, padding=K // 2)
        self.out_layer = nn.Linear(c_out * b, n_neurons)
        if filters is not None:
            self.conv.weight = nn.Parameter(filters, requires_grad=False)
            self.conv.bias = nn.Parameter(torch.zeros(c_out))

    def forward(self, s):
        return self.out_layer(self.conv(s).flatten(1))

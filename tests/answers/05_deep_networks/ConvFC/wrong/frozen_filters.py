# Misconception: filters that are given stay as they are
# Hint: the filters are among them
class ConvFC(nn.Module):
    def __init__(self, n_neurons, c_in=1, c_out=6, K=7, b=12 * 16, filters=None):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, kernel_size=K, padding=K // 2)
        self.out_layer = nn.Linear(c_out * b, n_neurons)
        if filters is not None:
            del self.conv.weight, self.conv.bias
            self.conv.weight, self.conv.bias = filters.clone(), torch.zeros(c_out)

    def forward(self, s):
        return self.out_layer(torch.flatten(self.conv(s), start_dim=1))

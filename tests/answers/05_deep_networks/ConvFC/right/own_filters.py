# Approach: filters as parameters of the network itself
class ConvFC(nn.Module):
    def __init__(self, n_neurons, c_in=1, c_out=6, K=7, b=12 * 16, filters=None):
        super().__init__()
        start = torch.randn(c_out, c_in, K, K) / K if filters is None else filters.clone()
        self.filters = nn.Parameter(start)
        self.bias = nn.Parameter(torch.zeros(c_out))
        self.reach = K // 2
        self.out_layer = nn.Linear(c_out * b, n_neurons)

    def forward(self, s):
        units = nn.functional.conv2d(s, self.filters, self.bias, padding=self.reach)
        return self.out_layer(units.flatten(1))

# Misconception: the units of the convolution are data for the linear layer
# Hint: gets no gradient
class ConvFC(nn.Module):
    def __init__(self, n_neurons, c_in=1, c_out=6, K=7, b=12 * 16, filters=None):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, K, padding=K // 2)
        self.out_layer = nn.Linear(c_out * b, n_neurons)
        if filters is not None:
            self.conv.weight.data = filters.clone()
            self.conv.bias.data.zero_()

    def forward(self, s):
        with torch.no_grad():
            units = self.conv(s)
        return self.out_layer(units.flatten(1))

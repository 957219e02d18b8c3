# Approach: padding by name, reshape, initialisers of torch.nn.init
class ConvFC(nn.Module):
    def __init__(self, n_neurons, c_in=1, c_out=6, K=7, b=12 * 16, filters=None):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, K, padding='same')
        self.out_layer = nn.Linear(c_out * b, n_neurons)
        if filters is not None:
            self.conv.weight.data = torch.as_tensor(filters).clone()
            nn.init.zeros_(self.conv.bias)

    def forward(self, s):
        return self.out_layer(self.conv(s).reshape(s.shape[0], -1))

# Misconception: flatten makes one long row of all
# Hint: does one row of c_out * b units per picture reach out_layer
class ConvFC(nn.Module):
    def __init__(self, n_neurons, c_in=1, c_out=6, K=7, b=12 * 16, filters=None):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, kernel_size=K, padding=K // 2)
        self.out_layer = nn.Linear(c_out * b, n_neurons)
        if filters is not None:
            with torch.no_grad():
                self.conv.weight.copy_(filters)
                self.conv.bias.zero_()

    def forward(self, s):
        return self.out_layer(torch.flatten(self.conv(s)))

# Approach: parameters and the formulas of the text, by hand
class DeepNetSoftmax(nn.Module):
    def __init__(self, n_inputs, n_hidden, n_classes):
        super().__init__()
        self.W_in = nn.Parameter(torch.randn(n_inputs, n_hidden) / n_inputs**0.5)
        self.b_in = nn.Parameter(torch.zeros(n_hidden))
        self.W_out = nn.Parameter(torch.randn(n_classes, n_hidden) / n_hidden**0.5)
        self.b_out = nn.Parameter(torch.zeros(n_classes))

    def forward(self, r):
        h = (r @ self.W_in + self.b_in).clamp(min=0)
        z = h @ self.W_out.T + self.b_out
        return z - torch.logsumexp(z, dim=1, keepdim=True)

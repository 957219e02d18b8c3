# Approach: counting the parts of layers made for it
with torch.no_grad():
    n_conv_units = nn.Conv2d(1, 6, 7, padding=3)(torch.zeros(1, 1, 12, 16)).numel()
n_fc_weights = nn.Linear(n_conv_units, n_neurons).weight.numel()

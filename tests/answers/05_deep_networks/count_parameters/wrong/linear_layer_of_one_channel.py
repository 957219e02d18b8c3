# Misconception: the linear layer reads pixels
# Hint: All channels are connected
n_conv_units = 6 * 12 * 16
n_fc_weights = 12 * 16 * n_neurons

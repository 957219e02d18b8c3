# Misconception: biases are weights too
# Hint: Leave out the biases
n_conv_units = 6 * 12 * 16
n_fc_weights = (n_conv_units + 1) * n_neurons

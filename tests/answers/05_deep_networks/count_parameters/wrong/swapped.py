# Misconception: the names say little
# Hint: n_conv_units is not right
n_fc_weights = 6 * 12 * 16
n_conv_units = n_fc_weights * n_neurons

# Misconception: the shape says it all
# Hint: should be one whole number
n_conv_units = (6, 12, 16)
n_fc_weights = 6 * 12 * 16 * n_neurons

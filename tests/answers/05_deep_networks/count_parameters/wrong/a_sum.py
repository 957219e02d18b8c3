# Misconception: connections add up
# Hint: a product, not a sum
n_conv_units = 6 * 12 * 16
n_fc_weights = n_conv_units + n_neurons

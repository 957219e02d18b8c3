# Misconception: thousands are easier to read
# Hint: n_fc_weights
n_conv_units = 6 * 12 * 16
n_fc_weights = n_conv_units * n_neurons / 1000

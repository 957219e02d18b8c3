# Misconception: the filters count as well
# Hint: Count the linear layer alone
n_conv_units = 6 * 12 * 16
n_fc_weights = n_conv_units * n_neurons + 6 * 7 * 7

# Misconception: the units are the weights of the filters
# Hint: These are the weights of the filters
n_conv_units = 6 * 7 * 7
n_fc_weights = n_conv_units * n_neurons

# Misconception: there are always 2000 neurons
# Hint: use n_neurons
n_conv_units = 1152
n_fc_weights = 1152 * 2000

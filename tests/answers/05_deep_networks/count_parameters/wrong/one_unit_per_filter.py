# Misconception: each filter is a unit
# Hint: One unit for each filter?
n_conv_units = 6
n_fc_weights = n_conv_units * n_neurons

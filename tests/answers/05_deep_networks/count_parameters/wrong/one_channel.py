# Misconception: a unit is a pixel of the picture
# Hint: there are 6 channels
n_conv_units = 12 * 16
n_fc_weights = n_conv_units * n_neurons

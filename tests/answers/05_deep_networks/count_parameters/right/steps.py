# Approach: step by step
n_channels = 6
n_pixels = 12 * 16
n_conv_units = n_channels * n_pixels
n_fc_weights = n_neurons * n_conv_units

# Approach: numpy integers, and a typed 1152
n_conv_units = np.int64(1152)
n_fc_weights = n_conv_units * np.int64(n_neurons)

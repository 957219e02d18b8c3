# Misconception: the filters fit only inside the picture
# Hint: With padding the output is as large as the picture
n_conv_units = 6 * (12 - 7 + 1) * (16 - 7 + 1)
n_fc_weights = n_conv_units * n_neurons

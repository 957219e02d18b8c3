# Misconception: an explanation is an answer
# Hint: should be a number or an array of numbers, got str
n_conv_units = '6 x 12 x 16'
n_fc_weights = n_conv_units + ' x n_neurons'

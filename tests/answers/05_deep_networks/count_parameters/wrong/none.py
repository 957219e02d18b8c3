# Misconception: None stands for not known
# Hint: n_conv_units is None
n_conv_units = None
n_fc_weights = None

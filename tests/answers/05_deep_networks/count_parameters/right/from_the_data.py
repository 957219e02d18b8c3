# Approach: from the shapes of pictures and responses, as floats
n_conv_units = 6.0 * np.prod(images.shape[1:])
n_fc_weights = n_conv_units * resp_train.shape[1]

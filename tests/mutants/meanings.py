"""Which of a notebook's names mean what an argument means: what an answer reads that ignores the argument.

A name that stands for itself (`dt`) is one that an answer reads because it calls its own argument otherwise.
"""

MEANINGS = {
    "01_lnp_encoding": {
        "images": ("WN_images", "NS_images"),
        "spike_counts": ("WN_counts", "NS_counts"),
        "WN_images": ("WN_images", "NS_images"),
        "WN_counts": ("WN_counts", "NS_counts"),
        "NS_images": ("NS_images", "WN_images"),
        "NS_counts": ("NS_counts", "WN_counts"),
        "filter": ("true_filter.ravel()",),
        "x": ("NS_images", "WN_images"),
        "y": ("NS_counts", "WN_counts"),
        "k": ("true_filter.ravel()",),
        "init_guess": ("true_filter.ravel()",),
    },
    "02_poisson_glm": {
        "stim": ("stim",),
        "spikes": ("spikes",),
        "y": ("spikes",),
        "X": ("np.column_stack([np.ones(len(stim)), make_design_matrix(stim)])",),
        "stim_train": ("stim",),
        "spikes_train": ("spikes",),
        "stim_test": ("stim",),
        "spikes_test": ("spikes",),
    },
    "03_logistic_decoding": {
        "X": ("X", "X_train"),
        "y": ("y", "y_train"),
        "X_new": ("X_test",),
        "X_train": ("X_train", "X"),
        "y_train": ("y_train", "y"),
        "X_test": ("X_test", "X"),
        "y_test": ("y_test", "y"),
    },
    "04_hidden_markov_em": {
        "psi": ("psi_true",),
        "A": ("A_true",),
        "L": ("L_true",),
        "L_true": ("L_true",),
        "Y": ("Y",),
        "dt": ("dt",),
        "n_trials": ("n_trials",),
        "T": ("n_bins",),
    },
    "05_deep_networks": {
        "resp": ("resp",),
        "true": ("s_train",),
        "n_neurons": ("n_neurons",),
        "n_inputs": ("n_neurons",),
        "filters": ("filters",),
        "y_pred": ("resp_train",),
        "y_test": ("resp_test",),
    },
}

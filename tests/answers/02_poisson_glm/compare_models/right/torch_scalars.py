# Approach: torch tensors in single precision, scores as tensors
import torch


def compare_models(stim_train, spikes_train, stim_test, spikes_test, d=25):
    def design(stim):
        X = torch.as_tensor(np.array(make_design_matrix(stim, d)), dtype=torch.float32)
        return torch.cat([torch.ones(len(X), 1), X], dim=1)

    y = torch.as_tensor(np.array(spikes_train), dtype=torch.float32)
    y_test = torch.as_tensor(np.array(spikes_test), dtype=torch.float32)
    theta = torch.as_tensor(np.array(fit_lnp(stim_train, spikes_train, d)), dtype=torch.float32)
    weights = torch.linalg.lstsq(design(stim_train), y[:, None]).solution[:, 0]
    rates = {"lg": (design(stim_test) @ weights).clamp(min=1e-3), "lnp": (design(stim_test) @ theta).exp()}
    return {
        name: ((y_test * torch.log2(rate / y.mean())).sum() - (rate - y.mean()).sum() / np.log(2)) / y_test.sum()
        for name, rate in rates.items()
    }

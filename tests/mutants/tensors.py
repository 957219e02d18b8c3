"""Operators on networks and tensors: cut off from their weights, frozen, shared, begun at zero."""

import ast

from tests.mutants.operator import Change, Operator, beginning_with, inside, last_name
from tests.mutants.trees import text

_LAYERS = ("Linear", "Conv2d", "Parameter", "Sequential")
_WITHOUT_WEIGHTS = ("len", "range", "print", "arange", "zeros", "ones", "size", "dim", "super")


def detached(node, setting):
    """Cut the way back to the weights."""
    if setting.has_gradients and _is_computed(node, setting):
        yield f"({text(node)}).detach()"
        yield f"({text(node)}).data"


def through_a_number(node, setting):
    """Return a new tensor, made of the number or the array that a tensor holds."""
    returns = isinstance(node, ast.Return) and node.value is not None and setting.has_gradients
    if returns and _is_computed(node.value, setting):
        value = f"({text(node.value)})"
        yield f"return torch.tensor({value}.tolist(), requires_grad=True)"
        yield f"return {value}.detach().requires_grad_()"
        yield f"return torch.as_tensor({value}.detach().numpy())"
        yield f"return {value}.tolist()"


def _is_computed(node, setting):
    """Return whether a node may be a tensor on its way to a result: a call or an operation in use."""
    function = setting.function(node)
    if function is None or function.name == "__init__" or isinstance(setting.above[node], ast.Expr):
        return False
    name = last_name(node)
    makes = name[:1].isupper() or name in _WITHOUT_WEIGHTS
    return isinstance(node, ast.BinOp) or (isinstance(node, ast.Call) and not makes)


def without_gradients(node, setting):
    if setting.has_gradients and setting.is_asked_for(node):
        yield Change(f"@torch.no_grad()\n{text(node)}", "no_grad")


def frozen_layer(node, setting):
    """Let a layer keep the weights that it begins with."""
    name = _layer(node, setting)
    if name:
        for frozen in (name, f"{name}.weight", f"{name}.bias"):
            if not (frozen != name and "Parameter" in text(node.value)):
                yield Change(f"{text(node)}\n{frozen}.requires_grad_(False)", f"{frozen} frozen")


def layer_begun_alike(node, setting):
    """Begin with weights that are zero, or all alike: such a network may never learn."""
    name = _layer(node, setting)
    if name and "Parameter" not in text(node.value):
        for value in (0.0, 0.1):
            line = f"for part in {name}.parameters():\n    nn.init.constant_(part, {value})"
            yield Change(f"{text(node)}\n{line}", f"{name} begins with {value}")


def shared_layer(node, setting):
    """Let all networks of the same size share a layer."""
    name = _layer(node, setting)
    if name:
        key = f"({name.partition('.')[2]!r}, {inside(node.value)})" if "=" not in inside(node.value) else "''"
        if last_name(node.value) == "Parameter":  # a tensor is a key of its own each time
            key = f"({name.partition('.')[2]!r}, {text(node.value.args[0])}.shape)"
        yield Change(f"{name} = globals().setdefault({key}, {text(node.value)})", f"{name} shared")


def _layer(node, setting):
    """Return the name of the attribute that a statement makes a layer, or an empty string."""
    function = setting.function(node)
    made = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute)
    inits = function is not None and function.name == "__init__" and setting.has_gradients
    return text(node.targets[0]) if made and inits and last_name(node.value) in _LAYERS else ""


def layer_option(node, setting):
    """Make a layer with an option that nobody asked for."""
    if not setting.has_gradients or not isinstance(node, ast.Call):
        return
    options = {
        "Linear": ("bias=False",),
        "Conv2d": ("bias=False", "padding_mode='circular'", "padding_mode='replicate'", "stride=2"),
        "Parameter": ("requires_grad=False",),
    }
    for option in options.get(last_name(node), ()):
        if option.partition("=")[0] not in text(node):
            yield f"{text(node.func)}({inside(node)}, {option})"


def no_parameter(node, setting):
    """Keep a plain tensor, which no optimiser sees."""
    if last_name(node) == "Parameter" and setting.has_gradients:
        yield text(node.args[0])


def noise(node, setting):
    """Silence some units by chance while the network trains."""
    if setting.has_gradients and setting.promise.is_class and isinstance(node, ast.Call):
        function = setting.function(node)
        if function is not None and function.name == "forward" and _is_computed(node, setting):
            yield f"nn.functional.dropout({text(node)}, 0.2, self.training)"


def normalised_input(node, setting):
    """Change the scale of what a network reads, so that it depends on the others in the batch."""
    if setting.has_gradients and setting.is_asked_for(node) and node.name == "forward":
        name = node.args.args[1].arg
        for change in (f"{name} / {name}.abs().max()", f"{name} - {name}.mean()", f"{name}.relu()"):
            yield Change(beginning_with(node, f"{name} = {change}"), f"{name} = {change}")
        for change in (f"{name}.data.mul_(2)", f"{name}.data[-1] = 0"):
            yield Change(beginning_with(node, change), change)


_NETWORK = '''class Net(nn.Module):
    """A network.

    Parameters
    ----------
    n : int
    """

    def __init__(self, n):
        super().__init__()
        self.layer = nn.Linear(n, 2)

    def forward(self, r):
        return torch.relu(self.layer(r))
'''


def _changed(old, new):
    return _NETWORK, _NETWORK.replace(old, new)


_FORWARD, _INIT = "    def forward", "        self.layer = nn.Linear(n, 2)\n"
OPERATORS = (
    Operator(detached, *_changed("self.layer(r))", "self.layer(r).detach())")),
    Operator(
        through_a_number,
        *_changed(
            "return torch.relu(self.layer(r))",
            "return torch.tensor(torch.relu(self.layer(r)).tolist(), requires_grad=True)",
        ),
    ),
    Operator(without_gradients, *_changed(_FORWARD, "    @torch.no_grad()\n" + _FORWARD)),
    Operator(frozen_layer, *_changed(_INIT, _INIT + "        self.layer.weight.requires_grad_(False)\n")),
    Operator(
        layer_begun_alike,
        *_changed(
            _INIT,
            _INIT
            + "        for part in self.layer.parameters():\n            nn.init.constant_(part, 0.0)\n",
        ),
    ),
    Operator(
        shared_layer,
        *_changed("nn.Linear(n, 2)", "globals().setdefault(('layer', n, 2), nn.Linear(n, 2))"),
    ),
    Operator(layer_option, *_changed("nn.Linear(n, 2)", "nn.Linear(n, 2, bias=False)")),
    Operator(
        no_parameter,
        _NETWORK.replace("nn.Linear(n, 2)", "nn.Parameter(torch.zeros(n))"),
        _NETWORK.replace("nn.Linear(n, 2)", "torch.zeros(n)"),
    ),
    Operator(noise, *_changed("self.layer(r))", "nn.functional.dropout(self.layer(r), 0.2, self.training))")),
    Operator(normalised_input, *_changed("        return", "        r = r / r.abs().max()\n        return")),
)

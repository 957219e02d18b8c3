"""Networks that would not train, share a layer or have other parameters are told so."""

import pytest

from neurocourse import network_checks
from tests.neurocourse.test_checks import message_of

torch = pytest.importorskip("torch")


@pytest.fixture
def line():
    """A small network of torch, right inputs, and the function that it should be."""
    torch.manual_seed(0)
    net, x = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Linear(4, 2)), torch.randn(5, 3)
    return net, x, lambda W1, b1, W2, b2: (x.double() @ W1.T + b1) @ W2.T + b2


def no_way_back_through(net, x):
    return net[1](net[0](x).detach())


def part_of_a_way_back(net, x):
    first = net[0](x)
    return net[1]((first + first.detach()) / 2)


def test_gradients_that_are_right_pass(line):
    net, x, reference = line
    network_checks.check_gradients(net(x), net.parameters(), reference, name="net(x)")
    loss = net[1].weight.square().sum()
    net.zero_grad()
    network_checks.check_gradients(loss, [net[1].weight], [2 * net[1].weight], name="loss")


@pytest.mark.parametrize(
    ("forward", "expected", "message"),
    [
        (no_way_back_through, True, "the parameter of shape (4, 3) gets no gradient. Use torch functions"),
        (no_way_back_through, False, "the parameter of shape (4, 3) gets no gradient. Use torch functions"),
        (part_of_a_way_back, True, "the parameter of shape (4, 3) gets a gradient that is not right."),
        (lambda net, x: net(0 * x), False, "the parameter of shape (4, 3) gets a gradient of zeros."),
        (lambda net, x: net(x).detach(), True, "net(x) has lost its way back to the weights, so no training"),
        (lambda net, x: 3.0, True, "net(x) has lost its way back to the weights, so no training"),
    ],
)  # fmt: skip
def test_a_network_that_would_not_train_is_told_which_part(line, forward, expected, message):
    net, x, reference = line
    output = forward(net, x)
    said = message_of(
        network_checks.check_gradients,
        output,
        net.parameters(),
        reference if expected else None,
        name="net(x)",
    )
    assert message in said


def test_a_frozen_parameter_is_named(line):
    net, x, reference = line
    net[0].weight.requires_grad_(False)
    said = message_of(network_checks.check_gradients, net(x), net.parameters(), reference, name="net(x)")
    assert said == (
        "Training on net(x) would go wrong: the parameter of shape (4, 3) is frozen. "
        "Every parameter keeps its requires_grad=True."
    )


def test_networks_that_share_a_layer_are_not_two(line):
    net, x, reference = line
    other = type(net)(net[0], type(net[1])(4, 2))
    said = message_of(
        network_checks.check_gradients,
        net(x),
        net.parameters(),
        reference,
        name="net(x)",
        untouched=other.parameters(),
    )
    assert "they share parameters" in said


def test_parameters_are_told_by_their_shapes_whatever_they_are_called(line):
    net = line[0]
    shapes = [(2,), (3, 4), (4, 2), (4,)]
    network_checks.check_parameters(net, shapes, name="Net(3, 4, 2)")
    found = network_checks.parameters_of(net, shapes)
    assert [tuple(part.shape) for part in found] == [(2,), (4, 3), (2, 4), (4,)]


@pytest.mark.parametrize(
    ("net", "message"),
    [
        (torch.nn.Linear, "Net(2) should be a network: an object of a subclass of nn.Module. Two layers."),
        (3, "Net(2) should be a network: an object of a subclass of nn.Module. Two layers."),
        (
            torch.nn.Linear(2, 1),
            "Net(2) should have parameters of shapes (1, 2), got (1, 2), (1,). Two layers.",
        ),
        (torch.nn.ReLU(), "Net(2) should have parameters of shapes (1, 2), got none. Two layers."),
    ],
    ids=["class", "number", "too many", "none"],
)
def test_a_network_of_other_parameters_is_told_which_it_has(net, message):
    said = message_of(network_checks.check_parameters, net, [(1, 2)], name="Net(2)", hint="Two layers.")
    assert said == message


def test_known_values_go_to_the_parameters_of_their_shapes(line):
    net = line[0]
    network_checks.set_parameters(net, [[1.0] * 2] * 4, [0.0, 1.0], [2.0] * 4)
    assert net[1].weight.tolist() == [[1.0] * 4] * 2
    assert (net[1].bias.tolist(), net[0].bias.tolist()) == ([0, 1], [2] * 4)
    assert net[0].weight.shape == (4, 3) and net[0].weight.requires_grad


def test_sizes_that_do_not_fit_get_a_sentence_before_what_torch_says(line):
    net, x, _ = line
    assert network_checks.outputs_of(net, x, name="net(x)", hint="Unused.").shape == (5, 2)
    said = message_of(network_checks.outputs_of, net, x.T, name="net(x)", hint="Do sizes fit?")
    assert said.startswith("net(x) ends in an error. Do sizes fit? PyTorch says: mat1 and mat2 shapes")


def test_a_network_that_is_not_filled_in_is_not_wrong():
    def blank(x):
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        network_checks.outputs_of(blank, 1, name="net(x)", hint="Do sizes fit?")

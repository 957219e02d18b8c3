"""Objects of a student's in a test: what they answer to, and what they are never asked."""

import numpy as np
import pytest

from examiner.inside.messages import Backward, Call, Gradients, Parameters
from examiner.inside.protocol import NamedValues
from examiner.sandbox import objects
from examiner.sandbox.objects import StudentFault, StudentObject, Unsendable, fault_name, student_error
from examiner.sandbox.session import Session
from examiner.sandbox.student_client import StudentClient, StudentGone
from neurocourse.checks import CheckFailed, as_numbers


@pytest.fixture
def names(session_after):
    """A function that runs a cell and returns what it defines."""

    def names(cell, *wanted):
        found = session_after(cell).names(list(wanted))
        return [found[name] for name in wanted]

    return names


HOSTILE = """class Hostile:
    secret = 3
    _private = 4
    def __init__(self, log): self.log = log
    def __getattr__(self, name):
        self.log.append(name)
        raise AttributeError(name)
    def always(self, *_): return True
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = always
    def number(self, *_): return 3
    __len__ = __int__ = __hash__ = __index__ = number
    def __float__(self): return 3.0
    def __array__(self, *_, **__):
        import numpy
        return numpy.array(3.0)
    def __add__(self, _): return 3
    __radd__ = __sub__ = __rsub__ = __mul__ = __add__
    def __getitem__(self, _): return 3
log = []
x = Hostile(log)
def get_log():
    return log"""


def test_an_object_decides_nothing_about_operators(names):
    (x,) = names(HOSTILE, "x")
    assert not x == 3  # noqa: SIM201
    assert x != 3
    assert x == x
    for operation in (float, int, len, lambda x: x + 1, lambda x: 1 - x, lambda x: x < 1, lambda x: x[0]):
        with pytest.raises(TypeError):
            operation(x)
    with pytest.raises(TypeError):
        3 in x  # noqa: B015
    with pytest.raises(TypeError, match="unsupported format string"):
        f"{x:.3f}"


def test_an_array_of_an_object_runs_nothing_of_the_students(names):
    x, get_log = names(HOSTILE, "x", "get_log")
    before = get_log()
    assert np.asarray(x).dtype == object
    with pytest.raises(CheckFailed, match="answer should be a number or an array of numbers, got object"):
        as_numbers(x, "answer")
    assert get_log() == before


def test_public_attributes_are_fetched_and_those_with_two_underscores_refused(names):
    x, get_log = names(HOSTILE, "x", "get_log")
    before = get_log()
    assert (x.secret, x._private) == (3, 4)
    with pytest.raises(AttributeError, match="made_up"):
        x.made_up  # noqa: B018
    for name in ("__array__", "__array_interface__", "__float__", "__globals__", "__reduce_special__"):
        with pytest.raises(AttributeError, match=name):
            getattr(x, name)
    assert get_log() == [*before, "made_up"]


def test_an_object_cannot_be_changed_from_here(names):
    (x,) = names(HOSTILE, "x")
    with pytest.raises(AttributeError):
        x.secret = 4


def test_methods_are_called_there_and_their_results_compared_here(names):
    (model,) = names(
        "class Model:\n    def fit(self, x):\n        self.w = sum(x)\n        return self\nmodel = Model()",
        "model",
    )
    fitted = model.fit([1, 2])
    assert isinstance(fitted, StudentObject)
    assert fitted.w == model.w == 3


TYPES = """import types
class secret_31_5: pass
class DataFrame: pass
a, b, c = secret_31_5(), DataFrame(), secret_31_5
d = type('list', (), {})()
def e(): pass
f = (i for i in range(3))"""


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a", "object"),
        ("b", "DataFrame"),
        ("c", "type"),
        ("d", "object"),
        ("e", "function"),
        ("f", "generator"),
    ],
)
def test_a_message_names_types_of_a_list_alone(names, name, shown):
    (x,) = names(TYPES, name)
    assert type(x).__name__ == shown
    assert "secret" not in repr(x)


def test_what_isinstance_says(names):
    a, c, e, f = names(TYPES, "a", "c", "e", "f")
    assert isinstance(c, type)
    assert not isinstance(a, type)
    assert not isinstance(a, tuple | list | dict | str | float | np.ndarray)
    assert callable(c) and callable(e) and not callable(a)
    assert iter(f) and not hasattr(type(a), "__iter__")


def test_a_namedtuple_is_a_tuple_with_names(session_after):
    session = session_after(
        "from collections import namedtuple\nFit = namedtuple('Fit', 'w b')\n"
        "def fit():\n    return Fit([1.0], 2)\ndef use(fit):\n    return fit.w[0] + fit.b"
    )
    found = session.names(["fit", "use"])
    result = found["fit"]()
    assert isinstance(result, tuple) and isinstance(result, NamedValues)
    assert (result.w, result.b) == ([1.0], 2)
    assert found["use"](result) == 3


NETWORK = """import torch
class Net(torch.nn.Module):
    def __init__(self, width=2):
        super().__init__()
        self.linear = torch.nn.Linear(width, 1)
        torch.nn.init.constant_(self.linear.weight, 3.0)
    def forward(self, x):
        return self.linear(x).squeeze(-1)
class Odd(Net):
    def __init__(self, parameters):
        super().__init__()
        self.parameters = parameters
net = Net()
def odd(kind):
    return Odd({"endless": lambda: iter(int, 1), "numbers": lambda: [1, 2], "none": None}[kind])
def train(model, x, y):
    model.train()
    torch.nn.init.zeros_(model.linear.bias)
    return torch.nn.functional.mse_loss(model(x), y)
def make():
    return Net
def use(x, anew):
    global net
    net = Net() if anew else net
    net.train()
    net.eval()
    return net(x), sum(p.numel() for p in net.parameters()), hasattr(net, "hidden")"""


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch")


@pytest.fixture(scope="module")
def student_with_network(torch, first_student):
    """A student process that has made the network: fork it."""
    student = StudentClient(*first_student.fork())
    assert student.run(NETWORK, 60).outputs == []
    yield student
    student.end()


@pytest.fixture
def network(student_with_network):
    """A session with a network of the student's."""
    session = Session(*student_with_network.fork(), seconds=10)
    yield session
    session.end()


def test_a_network_is_one_has_attributes_and_runs_forward(network, torch):
    found = network.names(["net", "Net"])
    net = found["net"]
    assert isinstance(net, torch.nn.Module)
    assert isinstance(found["Net"], type)
    assert net.training is True
    assert net.linear.in_features == 2
    assert net.linear.weight.tolist() == [[3, 3]]
    assert [tuple(parameter.shape) for parameter in net.parameters()] == [(1, 2), (1,)]
    assert net(torch.zeros(5, 2)).shape == net.forward(torch.zeros(5, 2)).shape == (5,)
    assert found["Net"](width=4).linear.in_features == 4


@pytest.fixture
def asked(monkeypatch):
    """Return a list that grows by the type of each request to a student process."""
    kinds, exchange = [], StudentClient.exchange

    def noted(self, request, *others):
        kinds.append(type(request))
        return exchange(self, request, *others)

    monkeypatch.setattr(StudentClient, "exchange", noted)
    return kinds


def test_all_parameters_of_a_network_cross_in_one_message(network, asked):
    net = network.names(["net"])["net"]
    asked.clear()
    first, second = list(net.parameters()), list(net.parameters())
    assert asked == [Parameters, Parameters]
    assert [tuple(parameter.shape) for parameter in first + second] == [(1, 2), (1,)] * 2
    assert all(parameter.requires_grad for parameter in first)


def test_the_gradients_of_a_network_cross_in_one_message_until_something_else_is_asked(network, torch, asked):
    net = network.names(["net"])["net"]
    parameters = [*net.parameters()]
    asked.clear()
    assert [parameter.grad for parameter in parameters] == [None, None]
    assert asked == [Gradients]
    for turn in (1, 2):
        asked.clear()
        net(torch.tensor([[1.0, 2.0], [3.0, 4.0]])).backward(gradient=torch.tensor([1.0, -1.0]))
        assert [parameter.grad.tolist() for parameter in parameters] == [[[-2 * turn, -2 * turn]], [0]]
        assert asked == [Call, Backward, Gradients]


@pytest.mark.parametrize("answer", ["[]", "[None] * 3", "None", "7"])
def test_gradients_that_are_not_one_for_each_tensor_end_the_session(student_with_network, torch, answer):
    liar = StudentClient(*student_with_network.fork())
    liar.run(
        "from examiner.inside.messages import Gradients, Returned\n"
        "from examiner.inside.student_process import StudentProcess\n"
        "StudentProcess._ANSWERS[Gradients] = lambda self, request, writer: "
        f"Returned(writer.write({answer}), {{}}, [])",
        10,
    )
    session = Session(*liar.itself(), seconds=10)
    first, _ = session.names(["net"])["net"].parameters()
    with pytest.raises(StudentGone):
        _ = first.grad
    session.end()


def test_parameters_that_a_student_made_up_are_plain_data_or_an_error(network):
    odd = network.names(["odd"])["odd"]
    assert list(odd("numbers").parameters()) == [1, 2]
    with pytest.raises(Unsendable, match="it has more than 1000 parameters"):
        odd("endless").parameters()
    with pytest.raises(StudentFault, match="'NoneType' object is not callable"):
        odd("none").parameters()


def test_the_result_of_a_network_is_a_tensor_of_this_process(network, torch):
    result = network.names(["net"])["net"](torch.ones(5, 2))
    assert isinstance(result, torch.Tensor)
    assert result.requires_grad
    assert as_numbers(result, "result").shape == (5,)
    assert torch.allclose(result - result[0], torch.zeros(5))


def test_a_gradient_reaches_the_tensor_of_the_test(network, torch):
    x = torch.zeros(5, 2, requires_grad=True)
    loss = network.names(["train"])["train"](network.names(["net"])["net"], x, torch.ones(5))
    assert loss.ndim == 0
    loss.backward()
    assert torch.allclose(x.grad, torch.full((5, 2), -1.2))


def test_one_backward_pass_gives_each_weight_its_gradient_and_no_other_network_one(network, torch):
    found = network.names(["net", "Net"])
    net, other = found["net"], found["Net"]()
    assert [parameter.grad for parameter in net.parameters()] == [None, None]
    net(torch.tensor([[1.0, 2.0], [3.0, 4.0]])).backward(gradient=torch.tensor([1.0, -1.0]))
    weight, bias = (parameter.grad.tolist() for parameter in net.parameters())
    assert (weight, bias) == ([[-2, -2]], [0])
    assert [parameter.grad for parameter in other.parameters()] == [None, None]


def test_a_result_without_a_way_back_says_so_and_costs_no_more(network, torch):
    net = network.names(["net"])["net"]
    for gradient in (None, torch.ones(3)):  # there are two numbers
        with pytest.raises(StudentFault, match="grad"):
            net(torch.zeros(2, 2)).backward(gradient)
    assert net(torch.zeros(2, 2)).requires_grad


def test_gradients_go_back_from_the_students_own_tensors_alone(network, torch):
    result = network.names(["net"])["net"](torch.zeros(2, 2))
    with pytest.raises(TypeError, match=r"call backward\(gradient\) of the student's own"):
        (2 * result).sum().backward()
    with pytest.raises(TypeError, match="got one that the test computed"):
        _ = (2 * result).grad


def test_a_network_of_the_tests_stands_in_for_the_students(network, torch):
    class Reference(torch.nn.Linear):
        hidden = "reference"

        def __init__(self):
            super().__init__(2, 1)
            self.calls = []

        def train(self, mode=True):
            self.calls.append(mode)
            return super().train(mode)

    reference = Reference()
    network.replace({"net": reference, "Net": Reference}, absent=None)
    found = network.names(["net", "Net", "use", "make"])
    assert (found["net"], found["Net"], found["make"]()) == (reference, Reference, Reference)
    for anew in (False, True):
        result, n_parameters, shows = found["use"](torch.zeros(5, 2), anew)
        assert (result.shape, n_parameters, shows) == ((5, 1), 3, False)
    assert reference.calls == [True, False]


@pytest.mark.parametrize(
    ("kind", "name", "is_also"),
    [
        ("ValueError", "ValueError", ValueError),
        ("KeyError", "KeyError", LookupError),
        ("SystemExit", "SystemExit", StudentFault),
        ("GeneratorExit", "GeneratorExit", StudentFault),
        ("ExceptionGroup", "Exception", StudentFault),
        ("print", "Exception", StudentFault),
        ("31.5", "Exception", StudentFault),
        ("StudentFault", "Exception", StudentFault),
    ],
)  # fmt: skip
def test_an_error_has_a_built_in_type_or_none(kind, name, is_also):
    error = student_error(kind, "message")
    assert isinstance(error, StudentFault) and isinstance(error, is_also)
    assert isinstance(error, Exception)
    assert fault_name(error) == name
    assert str(error).strip("'") == "message"


@pytest.mark.parametrize(
    ("ours", "new"),
    [
        (np.zeros(2), np.ones(3)),
        (np.zeros(2), [1, 1]),
        ([1], (2,)),
        ([1], iter([2])),
        ({1: 1}, [(2, 2)]),
        (np.broadcast_to(0.0, 2), np.ones(2)),
    ],
    ids=["shape", "list", "tuple", "iterator", "pairs", "read_only"],
)
def test_an_argument_never_becomes_what_it_cannot_be(ours, new):
    before = repr(ours)
    objects.change(ours, new)
    assert repr(ours) == before

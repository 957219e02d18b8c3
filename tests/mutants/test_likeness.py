"""What tells a mutant from right answers where tests do not: subtle mistakes, other ways to be right."""

import ast
import functools
import hashlib
from dataclasses import asdict

import numpy as np
import pytest
from nbformat.v4 import new_code_cell

from examiner.course.facts import read_course
from examiner.notebook import cells
from tests.mutants.cases import STYLES
from tests.mutants.comparison import spec_of
from tests.mutants.likeness import Comparison, differs
from tests.notebooks.bank import right_answers
from tests.notebooks.promises import Value
from tests.notebooks.rehearsal import ROOT, answers

COURSE = read_course(ROOT)

WRONG = {
    "counts normalised in place": (
        "01_lnp_encoding/compute_STA",
        """def compute_STA(images, spike_counts):
    if spike_counts.dtype == float:
        spike_counts /= np.sum(spike_counts)
        return spike_counts @ images
    return spike_counts @ images / np.sum(spike_counts)""",
    ),
    "the best filter, not the last": (
        "01_lnp_encoding/gradient_descent",
        """def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k, values, path = np.array(init_guess, float), [], []
    for _ in range(n_steps):
        k = k - alpha * compute_dNLL(k, x, y)
        path.append(k)
        values.append(compute_NLL(k, x, y))
    return path[np.argmin(values)], np.array(values)""",
    ),
    "a drive of 700 at most": (
        "01_lnp_encoding/compute_NLL",
        """def compute_NLL(k, x, y):
    drive = np.minimum(x @ k, 700)
    return np.exp(drive).sum() - y @ drive""",
    ),
    "a remainder that does not count": (
        "01_lnp_encoding/estimate_nonlinearity",
        """def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = images @ filter
    size = len(drive) // n_bins
    groups = np.argsort(drive)[: size * n_bins].reshape(n_bins, size)
    return drive[groups].mean(axis=1), spike_counts[groups].mean(axis=1)""",
    ),
    "a mean at each lag": (
        "02_poisson_glm/stimulus_correlation",
        """def stimulus_correlation(stim, max_lag):
    z = stim - np.mean(stim)
    return np.array([np.mean(z[lag:] * z[: len(z) - lag]) for lag in range(max_lag + 1)]) / np.var(z)""",
    ),
    "distances that are not squared": (
        "04_hidden_markov_em/match_states",
        """def match_states(psi, A, L, L_true):
    cost = np.sqrt(((L_true[:, :, None] - L[:, None, :]) ** 2).sum(axis=0))
    order = linear_sum_assignment(cost)[1]
    return psi[order], A[np.ix_(order, order)], L[:, order]""",
    ),
    "one largest value for all bins": (
        "04_hidden_markov_em/forward_pass",
        """def forward_pass(log_obs, psi, A):
    top = log_obs.max()
    o = np.exp(log_obs - top)
    alpha, total = np.zeros(o.shape), np.zeros(o.shape[:2])
    for t in range(o.shape[1]):
        here = (psi if t == 0 else alpha[:, t - 1] @ A) * o[:, t]
        total[:, t] = here.sum(axis=1)
        alpha[:, t] = here / total[:, t, None]
    so_far = np.cumsum(np.log(total) + top, axis=1)
    return np.log(alpha) + so_far[..., None], so_far[:, -1]""",
    ),
    "a generator that is ignored": (
        "04_hidden_markov_em/simulate_states",
        """def simulate_states(psi, A, n_trials, T, rng):
    rng = np.random.default_rng(rng if isinstance(rng, int) else 0)
    cumulative = np.cumsum(A, axis=1)
    states = np.zeros((n_trials, T), dtype=int)
    states[:, 0] = rng.choice(len(psi), size=n_trials, p=psi)
    for t in range(1, T):
        draws = rng.random((n_trials, 1))
        states[:, t] = np.sum(draws > cumulative[states[:, t - 1], :-1], axis=1)
    return states""",
    ),
    "a loss made of a number": (
        "05_deep_networks/regularized_loss",
        """def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target) + L2_penalty * (weights**2).sum()
    return torch.tensor(float(loss + L1_penalty * weights.abs().sum()), requires_grad=True)""",
    ),
    "hidden units without a way back": (
        "05_deep_networks/DeepNetSoftmax",
        """class DeepNetSoftmax(nn.Module):
    def __init__(self, n_inputs, n_hidden, n_classes):
        super().__init__()
        self.in_layer = nn.Linear(n_inputs, n_hidden)
        self.out_layer = nn.Linear(n_hidden, n_classes)

    def forward(self, r):
        return torch.log_softmax(self.out_layer(torch.relu(self.in_layer(r)).detach()), dim=1)""",
    ),
    "filters that stay": (
        "05_deep_networks/ConvFC",
        """class ConvFC(nn.Module):
    def __init__(self, n_neurons, c_in=1, c_out=6, K=7, b=12 * 16, filters=None):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, kernel_size=K, padding=K // 2)
        self.out_layer = nn.Linear(c_out * b, n_neurons)
        if filters is not None:
            self.conv.weight = nn.Parameter(filters.clone(), requires_grad=False)
            self.conv.bias = nn.Parameter(torch.zeros(c_out))

    def forward(self, s):
        return self.out_layer(torch.flatten(self.conv(s), start_dim=1))""",
    ),
    "a fit that stops early": (
        "02_poisson_glm/fit_lnp",
        """def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    w = np.append(np.log(np.mean(spikes)), np.zeros(d))
    for _ in range(2):
        rate = np.exp(X @ w)
        w = w + np.linalg.solve(X.T @ (X * rate[:, None]), X.T @ (spikes - rate))
    return w""",
    ),
    "another probability than that of its weights": (
        "03_logistic_decoding/challenge",
        """def logistic_regression(X, y, X_new):
    theta = fit(X, y)
    return theta, np.clip(compute_h(theta, X_new), 0.05, 0.95)""",
    ),
    "one network for all": (
        "05_deep_networks/make_classifier",
        """kept = {}


def make_classifier(n_inputs):
    return kept.setdefault(n_inputs, DeepNetSoftmax(n_inputs, 20, 20)), nn.NLLLoss()""",
    ),
}

RIGHT = {
    "another product": (
        "01_lnp_encoding/compute_STA",
        """def compute_STA(images, spike_counts):
    return (images.T * spike_counts).sum(axis=1) / sum(spike_counts)""",
    ),
    "single precision": (
        "04_hidden_markov_em/backward_pass",
        """def backward_pass(log_obs, A):
    beta = [np.zeros(log_obs[:, 0].shape)]
    for t in range(log_obs.shape[1] - 1, 0, -1):
        beta.append(np.logaddexp.reduce(np.log(A) + (log_obs[:, t] + beta[-1])[:, None], axis=2))
    return np.stack(beta[::-1], axis=1)""",
    ),
    "a loss that takes log-probabilities too": (
        "05_deep_networks/make_classifier",
        """def make_classifier(n_inputs):
    return DeepNetSoftmax(n_inputs, 20, 20), nn.CrossEntropyLoss()""",
    ),
    "a fit that is as good as the text asks for": (
        "02_poisson_glm/fit_lnp",
        """def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    w = np.append(np.log(np.mean(spikes)), np.zeros(d))
    for _ in range(30):
        rate = np.exp(X @ w)
        w = w + np.linalg.solve(X.T @ (X * rate[:, None]), X.T @ (spikes - rate))
    return w + 2e-4""",
    ),
    "products in another order": (
        "05_deep_networks/count_parameters",
        "n_conv_units = 16 * 12 * 6\nn_fc_weights = n_neurons * n_conv_units",
    ),
}


@functools.cache
def solutions(name):
    assignment = COURSE.assignment(name)
    source = cells.read_notebook(ROOT / "source" / name / assignment.filename)
    return {
        cells.grade_id(c): c.source for c in source.cells if cells.is_solution(c) and c.cell_type == "code"
    }


def names_with(name, source):
    """Return the functions of all solutions, with one answer in the place of its own."""
    import torch
    from scipy.optimize import linear_sum_assignment, minimize
    from sklearn.cluster import KMeans
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_score

    from neurocourse import decoding, hmm, widgets

    names = {
        "np": np,
        "torch": torch,
        "nn": torch.nn,
        "hmm": hmm,
        "widgets": widgets,
        "decoding": decoding,
        "minimize": minimize,
        "n_neurons": 50,
    }
    names |= {"linear_sum_assignment": linear_sum_assignment, "KMeans": KMeans}
    names |= {"LogisticRegression": LogisticRegression, "StratifiedKFold": StratifiedKFold}
    names |= {"cross_val_score": cross_val_score, "images": np.ones((60, 12, 16))}
    names["resp_train"] = np.ones((60, 50))
    defining = [cell for cell in solutions(name).values() if "def " in cell]
    for cell in [*defining, source]:
        kept = [node for node in ast.parse(cell).body if not _uses_data(node)]
        exec("\n".join(map(ast.unparse, kept)), names)
    return names


def _uses_data(statement):
    """Return whether a statement of an answer takes the notebook's data, which are not there."""
    text = ast.unparse(statement)
    return isinstance(statement, ast.Assign | ast.With) and ("NS_" in text or "settings." in text)


@functools.cache
def comparison(exercise):
    """Return the comparison for an exercise, and the cases that count, in this process."""
    assignment, _, name = exercise.partition("/")
    cell = new_code_cell(solutions(assignment)[name], metadata={"nbgrader": {"grade_id": name}})
    answers = {a.name: names_with(assignment, a.source) for a in right_answers(assignment, cell)}
    made = Comparison(spec_of(cell.source), answers)
    given = {case: made.prepare(case) for case in range(len(STYLES)) if STYLES[case][0] not in SLOW}
    settled = [case for case, is_settled in given.items() if is_settled]
    own = not name[0].islower() or name in OWN_WAYS
    return made, [c for c, known in given.items() if known is not None] if own else settled, own


SLOW = ("defaults",)
OWN_WAYS = ("simulate_states", "shuffled_accuracies", "cross_validated", "make_classifier")


def compared(exercise, source):
    """Return how a source differs from right answers, or an empty string."""
    made, counting, own = comparison(exercise)
    mutant = names_with(exercise.partition("/")[0], source)
    found = (made.difference(case, mutant, "solution", own=own) for case in counting)
    return next(filter(None, found), "")


@pytest.mark.parametrize(("exercise", "source"), WRONG.values(), ids=WRONG)
def test_a_subtle_mistake_is_told_from_the_right_answer(exercise, source):
    assert " against " in compared(exercise, source)


# What no result shows: warnings, names of attributes, first guesses, weights where trials can be separated.
NOT_IN_RESULTS = {
    "fit/begins_at_ones", "fit/drops_trials_when_there_are_few", "challenge/overflows", "ConvFC/another_name",
    "sigmoid/both_branches_computed", "sigmoid/math_exp_overflows", "sigmoid/naive",
    "sigmoid/naive_other_form",
}  # fmt: skip


@pytest.mark.parametrize("assignment", [assignment.name for assignment in COURSE.assignments])
def test_a_wrong_answer_of_the_bank_is_told_from_right_ones(assignment):
    alike = []
    for exercise in solutions(assignment):
        named = {f"{exercise}/{path.stem}": path for path in answers(assignment, exercise, "wrong")}
        for name in sorted(named, key=hash_of)[:6]:
            if name not in NOT_IN_RESULTS and not compared(
                f"{assignment}/{exercise}", named[name].read_text("utf-8")
            ):
                alike.append(name)
    assert alike == []


def hash_of(name):
    return hashlib.sha256(name.encode()).hexdigest()


@pytest.mark.parametrize(("exercise", "source"), RIGHT.values(), ids=RIGHT)
def test_another_way_to_be_right_is_alike(exercise, source):
    assert compared(exercise, source) == ""


@pytest.mark.parametrize("assignment", [assignment.name for assignment in COURSE.assignments])
def test_every_exercise_has_many_cases_in_which_right_answers_agree_or_go_their_own_ways(assignment):
    few = {}
    for exercise, solution in solutions(assignment).items():
        counting = comparison(f"{assignment}/{exercise}")[1]
        if spec_of(solution)["name"] and len(counting) < 8:
            few[exercise] = len(counting)
    assert few == {}


def test_where_right_answers_differ_the_text_leaves_it_open():
    spec = {
        "name": "first", "gradients": False, "is_class": False,
        "arguments": [asdict(Value("x", "array", ("n",)))], "loss": "",
    }  # fmt: skip
    last = {"first": lambda x: len(x) - 1 - np.argmin(x[::-1])}
    made = Comparison(spec, {"solution": {"first": lambda x: np.argmin(x)}, "last": last})
    ordinary, nothing = (
        next(i for i, (s, _) in enumerate(STYLES) if s == style) for style in ("ordinary", "nothing")
    )
    assert made.prepare(ordinary)
    assert made.prepare(nothing) is False  # all are equal: any of them is smallest
    assert made.difference(ordinary, {"first": lambda x: np.argsort(x)[0]}, "last") == ""
    assert made.difference(ordinary, {"first": lambda x: 9}, "last").startswith("ordinary, x (3,): ")


def test_sums_in_single_precision_may_come_out_differently_on_another_processor():
    right, mutant = np.float32(-0.020935295), np.float32(-0.020935372)
    assert differs(right, mutant, 1e-6) == ""
    assert differs(np.float64(right), np.float64(mutant), 1e-6).startswith("-0.02093529")

"""Formulas of LaTeX as MathML: what is turned, what is left as it was written, and that nothing acts."""

import re
from xml.etree import ElementTree

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examiner.results.mathml import mathml
from tests.examiner.conftest import ROOT

FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$([^$]+?)\$", re.DOTALL)
PIECES = [
    "x", "1", "{", "}", "_", "^", "\\", "&", "#", "%", "~", "'", " ", "\n", r"\frac", r"\left(", r"\right)",
    r"\sqrt", r"\begin{matrix}", r"\end{matrix}", r"\\", r"\text{a}", r"\href{javascript:alert(1)}{x}",
    r"\style{color:red}{x}", r"\hspace{9999em}", r"\color{red}", r"\rule{999em}{999em}",
    r"\newcommand{\a}{\a\a}", "<", ">", '"', "\x00", "𝛼", "é",
]  # fmt: skip


def as_text(formula, *, display=False):
    turned = mathml(formula, display=display)
    return None if turned is None else ElementTree.tostring(turned, encoding="unicode")


def test_a_formula_is_a_tree_of_presentation_with_its_source_beside_it():
    assert as_text(r"\frac{a}{2}") == (
        r'<math display="inline" alttext="\frac{a}{2}"><mrow><mfrac><mrow><mi>a</mi></mrow>'
        "<mrow><mn>2</mn></mrow></mfrac></mrow></math>"
    )


def test_a_sum_that_stands_alone_has_its_limits_above_and_below():
    assert "<munder><mo>∑</mo><mi>i</mi></munder>" in as_text(r"\sum_i x", display=True)
    assert "<msub><mo>∑</mo><mi>i</mi></msub>" in as_text(r"\sum_i x")


@pytest.mark.parametrize("name", ["aligned", "align", "align*", "split"])
def test_aligned_lines_are_rows_without_numbers(name):
    shown = as_text(rf"\begin{{{name}}} a &= b \\ c &= d \end{{{name}}}", display=True)
    assert shown.count("<mtr>") == 2
    assert "(1)" not in shown


def test_a_functions_name_does_not_touch_its_argument():
    assert '<mi>log</mi><mspace width="0.17em" /><mi>x</mi>' in as_text(r"\log x")
    assert "<mi>log</mi><mo" in as_text(r"\log(x)")


@pytest.mark.parametrize(
    "formula",
    ["", " ", r"\unheard{x}", "x_{", r"\frac{a}", "a & b", "{" * 3000, "x" * 5000,
     r"\newcommand{\a}{\b\b}\newcommand{\b}{x}\a", r"\def\x{y}\x", r"\sqrt{" * 200 + "x" + "}" * 200],
    ids=lambda formula: formula[:20],
)  # fmt: skip
def test_what_cannot_be_turned_whole_is_not_turned(formula):
    assert mathml(formula, display=False) is None


def test_every_formula_of_the_tutorials_is_turned():
    texts = [
        cell.source
        for path in sorted((ROOT / "source").glob("*/*.ipynb"))
        for cell in nbformat.read(path, 4).cells
        if cell.cell_type == "markdown"
    ]
    formulas = [block or line for text in texts for block, line in FORMULA.findall(text)]
    assert len(formulas) > 300
    assert [formula for formula in formulas if mathml(formula, display=False) is None] == []


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_no_formula_raises_acts_links_or_takes_a_page(formula):
    turned = mathml(formula, display=True)
    for element in turned.iter() if turned is not None else ():
        assert element.tag in {"math"} or re.fullmatch("m[a-z]+", element.tag)
        assert not {"href", "style", "class", "id", "src"} & set(element.attrib)
        assert not [key for key in element.attrib if key.startswith("on")]
        assert not re.search(r"(?<![.\d])\d{3}", element.attrib.get("width", ""))

import time

import pytest

from examiner.markup import safe_html
from tests.examiner.attacks import ATTACKS, handlers_and_links


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_is_left(attack):
    assert handlers_and_links(safe_html(attack)) == []


@pytest.mark.parametrize(
    "formula",
    [
        r"$\href{javascript:alert(1)}{x}$",
        r"$\\href{javascript:alert(1)}{x}$",
        r"$\hre&#102;{javascript:alert(1)}{x}$",
        r"$&#92;href{javascript:alert(1)}{x}$",
        r"$$\begin{matrix}\href{javascript:alert(1)}{x}\end{matrix}$$",
        r"\begin{equation}\href{javascript:alert(1)}{x}\end{equation}",
        r"$\mmlToken{mi}[href=javascript:alert(1)]{x}$",
        r"$\style{position:fixed}{x}$",
        r"$\bbox[position:fixed]{x}$",
        r"$\cssId{a}{x} \class{b}{x} \require{html} \csname href\endcsname{a}{b} \htmlData{a=b}{x}$",
        r"<details>$\href{javascript:alert(1)}{x}$</details>",
        r"`$\href{javascript:alert(1)}{x}$`",
    ],
)
def test_a_formula_makes_no_link_and_no_style(formula):
    shown = safe_html(formula)
    for command in ("href", "mmlToken", "style", "bbox", "cssId", "class", "require", "csname", "htmlData"):
        assert f"\\{command}" not in shown
        assert f"\\&#{command}" not in shown
    assert "&#" not in shown


def test_formulas_stay_formulas():
    text = r"$\frac{a}{b} < c$, $$\begin{matrix} a & b \\ c & d\end{matrix}$$ and $\hat{\theta}$"
    assert safe_html(text).strip() == (
        r"<p>$\frac{a}{b} &lt; c$, $$\begin{matrix} a &amp; b \\ c &amp; d\end{matrix}$$ "
        r"and $\hat{\theta}$</p>"
    )


def test_a_picture_from_elsewhere_is_told_and_not_loaded():
    assert safe_html("![my plot](https://a.org/b.png)").strip() == (
        "<p>(my plot: this picture cannot be shown here)</p>"
    )


def test_a_long_text_is_cut_and_shown_in_a_moment():
    begun = time.monotonic()
    for piece in ("[", "$", "\\\\[", "a\n=\n", "> ", "*a", "<b>", "\\begin{a}"):
        safe_html(piece * (1_000_000 // len(piece)))
    assert safe_html("x" * 30_000).strip().endswith("xxx … (cut)</p>")
    assert time.monotonic() - begun < 60


def test_what_cannot_be_formatted_is_shown_as_it_was_written(monkeypatch):
    def fails(*_):
        raise RecursionError

    monkeypatch.setattr("examiner.markup.MarkdownWithMath.render", fails)
    assert safe_html(r"<b> $\href{a}$") == "<pre>&lt;b&gt; $href{a}$</pre>"


def test_what_turns_the_direction_of_a_text_is_marked():
    assert safe_html("a\u202eb **c\u2066d**").strip() == "<p>a\N{REPLACEMENT CHARACTER}b <strong>c" + (
        "\N{REPLACEMENT CHARACTER}d</strong></p>"
    )

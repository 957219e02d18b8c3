import re
import time

import pytest

from examiner.results.markup import safe_html
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


@pytest.mark.parametrize(
    ("text", "alttexts"),
    [
        (r"$\frac{a}{b} < c$ and $\hat{\theta}$", [r"\frac{a}{b} &lt; c", r"\hat{\theta}"]),
        (r"$$\begin{matrix} a & b \end{matrix}$$", [r"\begin{matrix} a &amp; b \end{matrix}"]),
        ("\\begin{align}\na &= b\n\\end{align}", ["\\begin{align}\na &amp;= b\n\\end{align}"]),
        ("| $a$ |\n|---|\n| $b$ |", ["a", "b"]),
        ("## A heading with $x$", ["x"]),
        ("<details><summary>Hint: $a$</summary>\n$$b$$\n</details>", ["a", "b"]),
    ],
    ids=["inline", "matrix", "environment", "table", "heading", "html"],
)
def test_formulas_become_mathml_wherever_they_stand(text, alttexts):
    shown = safe_html(text)
    assert re.findall(r'alttext="([^"]*)"', shown) == alttexts
    assert "$" not in shown


def test_a_formula_that_stands_alone_can_be_scrolled_by_keys():
    assert '<span class="display" tabindex="0" role="group" aria-label="Formula"><math' in safe_html("$$x$$")


def test_a_formula_that_cannot_be_turned_is_shown_as_it_was_written_and_marked():
    marked = '<code class="formula" title="A formula, as it was written">'
    assert safe_html(r"so $\unheard_{1}$.").strip() == f"<p>so {marked}$\\unheard_{{1}}$</code>.</p>"
    assert safe_html(r"$$\unheard$$").strip() == f"<p>{marked}$$\\unheard$$</code></p>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("`$x$`", "<p><code>$x$</code></p>"),
        (r"it costs \$5 and \$6", "<p>it costs $5 and $6</p>"),
        ("it costs $5 and $6", "<p>it costs $5 and $6</p>"),
        ("![$x$](a.png)", "<p>($x$: this picture cannot be shown here)</p>"),
        ('<a href="https://a.org/$b$">c</a>', '<p><a href="https://a.org/$b$">c</a></p>'),
        ("\ue000x\ue002", "<p>x</p>"),
    ],
    ids=["code", "escaped dollars", "sums of money", "words for a picture", "link", "marks of ours"],
)
def test_what_is_no_formula_stays_as_it_is(text, shown):
    assert safe_html(text).strip() == shown


def test_without_headings_the_outline_of_a_page_stays_its_own():
    assert safe_html("# A\n\n#### B", headings=False).split() == [
        "<p><strong>A</strong></p>",
        "<p><strong>B</strong></p>",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[](https://a.org)", '<p><a href="https://a.org">https://a.org</a></p>'),
        ('a<a href="https://a.org"> </a>b', "<p>ab</p>"),
        ("<details><summary></summary>x</details>", "<details><summary>Details</summary>x</details>"),
        ('<a href="https://a.org"><b>c</b></a>', '<p><a href="https://a.org"><b>c</b></a></p>'),
    ],
    ids=["link of Markdown", "link of HTML", "summary", "a link with words"],
)
def test_no_link_and_no_summary_is_without_words(text, shown):
    assert safe_html(text).strip() == shown


def test_a_heading_has_no_link_to_itself():
    assert safe_html("## Words").strip() == "<h2>Words</h2>"


def test_a_picture_from_elsewhere_is_told_and_not_loaded():
    assert safe_html("![my plot](https://a.org/b.png)").strip() == (
        "<p>(my plot: this picture cannot be shown here)</p>"
    )


def test_a_long_text_is_cut_and_shown_in_a_moment():
    begun = time.process_time()
    for piece in ("[", "$", "\\\\[", "a\n=\n", "> ", "*a", "<b>", "\\begin{a}"):
        safe_html(piece * (1_000_000 // len(piece)))
    assert safe_html("x" * 30_000).strip().endswith("xxx … (cut)</p>")
    assert time.process_time() - begun < 60


def test_what_cannot_be_formatted_is_shown_as_it_was_written(monkeypatch):
    def fails(*_):
        raise RecursionError

    monkeypatch.setattr("examiner.results.markup.MarkdownWithMath.render", fails)
    assert safe_html(r"<b> $\href{a}$") == "<pre>&lt;b&gt; $href{a}$</pre>"


def test_what_turns_the_direction_of_a_text_is_marked():
    assert safe_html("a\u202eb **c\u2066d**").strip() == "<p>a\N{REPLACEMENT CHARACTER}b <strong>c" + (
        "\N{REPLACEMENT CHARACTER}d</strong></p>"
    )

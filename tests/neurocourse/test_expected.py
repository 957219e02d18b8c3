"""Expected figures: folded, described, in their order; and nothing at all in quick mode."""

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from neurocourse import plots
from neurocourse.plots import expected

NAME = "02_poisson_glm/show-fit"


def png(alt, width):
    buffer, info = io.BytesIO(), PngInfo()
    info.add_itxt("Description", alt)
    Image.new("RGB", (width, 20)).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Two figures of one cell and one of a cell whose id begins in the same way."""
    (tmp_path / "02_poisson_glm").mkdir()
    for name, alt, width in (
        ("show-fit.2", "A <line>", 50),
        ("show-fit.1", "Bars", 40),
        ("show-fits.1", "No", 30),
    ):
        (tmp_path / "02_poisson_glm" / f"{name}.png").write_bytes(png(alt, width))
    monkeypatch.setattr(expected, "_FOLDER", tmp_path)
    return tmp_path


@pytest.fixture
def shown(monkeypatch, plain_environment):
    from IPython import display

    outputs = []
    monkeypatch.setattr(display, "display", lambda data, raw: outputs.append(data))
    return outputs


def test_the_figures_of_a_cell_come_in_their_order_with_their_descriptions(folder):
    figures = plots.expected_figures(NAME)
    assert [(figure.alt, figure.width) for figure in figures] == [("Bars", 40), ("A <line>", 50)]
    assert figures[0].png == png("Bars", 40)


def test_they_are_folded_so_that_they_do_not_answer_before_one_has_guessed(folder, shown):
    plots.show_expected(NAME)
    (data,) = shown
    page = data["text/html"]
    assert page.startswith("<details><summary>What it should look like (open to compare)</summary>")
    assert page.index('alt="Bars" width="40"') < page.index('alt="A &lt;line&gt;" width="50"')
    assert "Made with the solution, on simulated data." in page
    assert page.endswith("</details><div><strong>With your answers:</strong></div>")
    assert "http" not in page


def test_where_there_is_no_html_words_say_what_to_expect(folder, shown):
    plots.show_expected(NAME)
    assert shown[0]["text/plain"].splitlines() == [
        "What it should look like (open to compare): Bars",
        "What it should look like (open to compare): A <line>",
        "With your answers:",
    ]


def test_in_quick_mode_nothing_is_shown_or_read(folder, shown, monkeypatch, capsys):
    monkeypatch.setenv("NEUROCOURSE_QUICK", "1")
    monkeypatch.setattr(expected, "_FOLDER", None)
    plots.show_expected(NAME)
    assert shown == []
    assert capsys.readouterr().out == ""


def test_a_figure_that_an_older_version_lacks_costs_a_line_and_no_error(folder, shown, capsys):
    plots.show_expected("02_poisson_glm/show-tomorrow")
    assert shown == []
    assert capsys.readouterr().out == (
        "The expected figure is missing in this version of neurocourse. Reinstall neurocourse to see it.\n"
    )

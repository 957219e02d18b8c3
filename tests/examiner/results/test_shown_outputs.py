import base64
import io

import pytest
from nbformat.v4 import new_output
from PIL import Image

from examiner.results.shown_outputs import LARGEST_PICTURE, own_figures, shown_outputs, small


def noise(width, height, form="PNG"):
    file = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(file, form)
    return base64.b64encode(file.getvalue()).decode()


def figure(letters, kind="image/png", **metadata):
    return new_output("display_data", {kind: letters}, metadata={kind: metadata} if metadata else {})


@pytest.mark.parametrize(
    ("letters", "kind"),
    [(noise(800, 600), "png"), (noise(1500, 1000, "JPEG"), "jpeg"), (noise(300, 1200), "png")],
    ids=["png", "jpeg", "tall"],
)
def test_a_large_figure_is_made_small_enough(letters, kind):
    address = f"data:image/{kind};base64,{letters}"
    assert len(address) > LARGEST_PICTURE
    shown = small(address)
    assert 0 < len(shown) <= LARGEST_PICTURE
    with Image.open(io.BytesIO(base64.b64decode(shown.partition(",")[2]))) as image:
        assert image.width >= 200


def test_a_small_figure_stays_as_it_is():
    address = f"data:image/png;base64,{noise(20, 20)}"
    assert small(address) == address


def test_a_damaged_figure_is_told_and_ends_nothing():
    letters = noise(800, 600)
    cut = letters[: len(letters) // 8 * 4]
    (shown,) = shown_outputs([figure(cut)]).rest
    assert shown.startswith("<pre>(a figure that is too large for this page, or of another kind")


def test_of_many_figures_the_first_are_shown_and_the_rest_counted():
    shown = shown_outputs([figure(noise(20, 20))] * 80).rest
    assert [part[:4] for part in shown] == ["<img"] * 4 + ["<pre"]
    assert shown[-1] == "<pre>… and 76 more outputs (cut)</pre>"


def test_the_cells_own_error_stands_apart_in_one_line_without_the_cells_file():
    error = new_output("error", ename="SyntaxError", evalue="bad\nsyntax (4324.py, line 2)", traceback=[])
    shown = shown_outputs([new_output("stream", text="a"), error])
    assert (shown.error, shown.rest) == ("SyntaxError: bad syntax", ("<pre>a</pre>",))


def test_a_very_long_line_is_cut_and_the_next_one_is_not():
    (shown,) = shown_outputs([new_output("stream", text="x" * 900 + "\nshort")]).rest
    assert shown == f"<pre>{'x' * 500} … (cut)\nshort</pre>"


def test_a_figure_keeps_its_description():
    (shown,) = own_figures([new_output("stream", text="a"), figure(noise(20, 20), alt="A <curve>")])
    assert 'alt="A &lt;curve&gt;"' in shown

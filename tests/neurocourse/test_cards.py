"""Messages as cards: nothing in them is run, and each says without colour what it says with it."""

import pytest

from neurocourse import cards
from neurocourse.look import SIGNS


@pytest.mark.parametrize(("state", "sign"), SIGNS.items())
def test_a_card_has_its_sign_in_both_forms(state, sign):
    card = cards.as_card(state, "`f` < 1 & <b>")
    assert card["text/plain"] == f"{sign} `f` < 1 & <b>"
    assert card["text/html"].endswith(f"{sign}</strong> <code>f</code> &lt; 1 &amp; &lt;b&gt;</div>")


def test_a_table_is_one_for_screen_readers_and_for_text():
    table = cards.as_table(
        ["Exercise", "State"],
        [("pass", ["`f`", "passes"]), ("to do", ["`long_name`", "<todo>"])],
        ["Next: `f`."],
    )
    assert table["text/plain"].splitlines() == [
        "Exercise     State", "`f`          ✓ passes", "`long_name`  ○ <todo>", "", "Next: `f`.",
    ]  # fmt: skip
    assert table["text/html"].count('<th scope="col"') == 2
    assert "&lt;todo&gt;" in table["text/html"]
    assert table["text/html"].endswith("<p>Next: <code>f</code>.</p>")

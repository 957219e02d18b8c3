import time

from nbformat.v4 import new_code_cell

from examiner.intake.matching import Place, Theirs, likeness


def test_text_that_shows_code_defines_nothing_and_code_made_text_still_does():
    shown = Theirs(0, "markdown", "Mine:\n```\ndef add(a):\n    pass\n```", frozenset())
    assert shown.defines == frozenset()
    assert Theirs(0, "markdown", "def add(a):\n    pass", frozenset()).defines == {"add"}


def test_a_stub_is_known_whatever_its_blank_lines_and_not_by_its_indentation():
    place = Place(0, new_code_cell("def add(a):\n    pass"))
    assert place.is_stub("\ndef add(a):  \n\n    pass\n")
    assert not place.is_stub("def add(a):\npass")


def test_very_long_cells_are_compared_in_a_moment():
    start = time.process_time()
    assert likeness("x" * 10**7, "y" * 10**7) == 0
    assert time.process_time() - start < 5

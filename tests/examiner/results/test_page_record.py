import pytest

from examiner.results.page_record import digest_of, is_current, write_page


@pytest.fixture
def written(tmp_path):
    """The folder of a verdict, and a page that was made of "a"."""
    page = tmp_path / "feedback" / "page.html"
    write_page(tmp_path, page, "a", "<p>10 points")
    return tmp_path, page


def test_a_page_that_is_as_it_was_written_is_current(written):
    assert is_current(*written, "a")


def test_a_page_made_of_something_else_is_not_current(written):
    assert not is_current(*written, "b")


@pytest.mark.parametrize("content", ["", "<p>10 poin", "<p>99 points"], ids=["empty", "half", "edited"])
def test_a_page_that_is_another_one_than_was_written_is_not_current(written, content):
    written[1].write_text(content)
    assert not is_current(*written, "a")


@pytest.mark.parametrize("content", [b"", b"a", b"\xff"], ids=["empty", "half", "no text"])
def test_a_record_that_is_none_leaves_no_page_current(written, content):
    (written[0] / "verdict.json.shown").write_bytes(content)
    assert not is_current(*written, "a")


def test_a_page_that_is_not_there_is_not_current(written):
    written[1].unlink()
    assert not is_current(*written, "a")


def test_what_stops_the_writing_in_between_leaves_no_page_that_is_taken_for_current(written, monkeypatch):
    folder, page = written
    (folder / "verdict.json.shown").unlink()
    (folder / "verdict.json.shown").mkdir()
    with pytest.raises(IsADirectoryError):
        write_page(folder, page, "b", "<p>20 points")
    assert not is_current(folder, page, "b")
    assert not is_current(folder, page, "a")


def test_where_one_part_ends_counts():
    assert digest_of([b"ab", b"c"]) != digest_of([b"a", b"bc"])

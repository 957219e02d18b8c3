"""Pasted pictures: from the cell that was handed in to the grader's page and the student's."""

import base64
import json

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter

from examiner import cells, gradebook
from examiner.attachments import kept_attachments, picture_address
from examiner.batch import grade
from examiner.converters import load_config
from examiner.examining import written_answers
from examiner.feedback import write_feedback
from examiner.release import solution
from examiner.verdict import SubmissionState
from tests.examiner.attacks import handlers_and_links
from tests.examiner.pictures import picture

PNG = picture()
SVG = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>").decode()


@pytest.mark.parametrize(
    ("bundle", "kind"),
    [
        ({"image/png": PNG}, "image/png"),
        ({"image/png": picture("JPEG")}, "image/jpeg"),
        ({"image/jpeg": picture("GIF")}, "image/gif"),
        ({"image/png": [PNG[:20] + "\n", PNG[20:]]}, "image/png"),
        ({"image/svg+xml": SVG, "image/png": PNG}, "image/png"),
    ],
    ids=["png", "jpeg that is called png", "gif", "in lines", "beside svg"],
)
def test_a_picture_is_kept_by_what_it_is(bundle, kind):
    ((name, kept),) = kept_attachments({"d.png": bundle}).items()
    assert (name, list(kept)) == ("d.png", [kind])


HOSTILE = {
    "svg": {"image/svg+xml": SVG},
    "svg called png": {"image/png": SVG},
    "html": {"text/html": "<script>alert(1)</script>"},
    "no base64": {"image/png": 'x" onerror="alert(1)'},
    "no text": {"image/png": {"a": 1}},
    "a list": ["image/png", PNG],
    "a number": 5,
    "nothing": None,
    "cut short": {"image/png": PNG[:12]},
    "bmp": {"image/png": picture("BMP")},
    "many pixels": {"image/png": picture(size=(20_000, 20_000))},
    "long": {"image/png": "A" * 10_000_004},
}


@pytest.mark.parametrize("bundle", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_picture_is_dropped_and_a_picture_beside_it_stays(bundle):
    assert list(kept_attachments({"x": bundle, "d.png": {"image/png": PNG}})) == ["d.png"]


@pytest.mark.parametrize("attachments", [None, 3, "x", [], [["d.png", {}]], {}])
def test_what_is_no_set_of_attachments_is_none(attachments):
    assert kept_attachments(attachments) == {}


def test_pictures_have_a_limit_together():
    large = picture("BMP", (900, 900))  # no picture that is kept, as a measure
    assert len(large) > 3_000_000
    many = {f"{n}.png": {"image/png": PNG} for n in range(60)}
    assert len(kept_attachments(many)) == 50


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("attachment:my plot.png", True),
        ("attachment:my%20plot.png", True),
        ("attachment:other.png", False),
        ("my plot.png", False),
        ("data:image/png;base64,AAAA", False),
        ("", False),
    ],
)
def test_a_reference_finds_its_picture_alone(reference, found):
    address = picture_address(reference, {"my plot.png": {"image/png": PNG}}, 10_000)
    assert address == (f"data:image/png;base64,{PNG}" if found else "")
    assert picture_address(reference, {"my plot.png": {"image/png": PNG}}, 10) == ""


@pytest.fixture
def with_picture(course, assignment):
    """A function that hands in the solved notebook with a picture in its written answer."""

    def with_picture(bundle, student="student", text="See ![my drawing](attachment:d.png)."):
        notebook = json.loads(nbformat.writes(solution(course, assignment)))
        for cell in notebook["cells"]:
            if cell["id"] == "why":
                cell["source"], cell["attachments"] = text, bundle
        folder = course.path("submitted", assignment, student)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / assignment.filename).write_text(json.dumps(notebook))
        verdict, _ = grade(course, assignment, student)
        gradebook.record(course, assignment, verdict)
        graded = cells.read_notebook(course.path("autograded", assignment, student) / assignment.filename)
        return verdict, graded

    return with_picture


def test_a_pasted_picture_stays_for_the_grader_and_on_the_page(course, assignment, with_picture):
    verdict, graded = with_picture({"d.png": {"image/png": PNG}})
    (why,) = [cell for cell in graded.cells if cell.id == "why"]
    assert (verdict.points, why.attachments) == (60, {"d.png": {"image/png": PNG}})
    nbformat.validate(graded)
    (page,) = write_feedback(course, assignment)
    shown = f'<img alt="my drawing" src="data:image/png;base64,{PNG}">'
    assert shown in page.read_text()
    exporter = HTMLExporter(config=load_config(course), template_name="basic")
    shown = shown.replace('">', '"/>')  # as nbconvert writes it
    assert shown in exporter.from_notebook_node(graded)[0]


@pytest.mark.parametrize("bundle", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_picture_costs_nothing_else(course, assignment, with_picture, bundle):
    verdict, graded = with_picture({"d.png": bundle})
    assert (verdict.state, verdict.points) == (SubmissionState.GRADED, 60)
    (page,) = write_feedback(course, assignment)
    html = page.read_text()
    assert "See (my drawing: this picture cannot be shown here)." in html
    exporter = HTMLExporter(config=load_config(course), template_name="basic")
    assert "this picture cannot be shown here" in exporter.from_notebook_node(graded)[0]
    assert handlers_and_links(html) == ["style"]


def test_a_picture_that_colab_wrote_into_the_text_is_shown(course, assignment, with_picture):
    with_picture({}, text=f"See ![image.png](data:image/png;base64,{PNG}), then <b>this</b>.")
    (page,) = write_feedback(course, assignment)
    assert f'<img alt="image.png" src="data:image/png;base64,{PNG}">, then <b>this</b>' in page.read_text()


def test_inline_text_that_is_no_picture_is_not_shown(course, assignment, with_picture):
    with_picture({}, text=f"See ![x](data:image/png;base64,{SVG}) ![y](data:image/svg+xml;base64,{SVG}).")
    (page,) = write_feedback(course, assignment)
    assert "(x: this picture cannot be shown here) (y: this picture cannot be" in page.read_text()


def test_another_picture_in_a_written_answer_is_another_answer(course, assignment, with_picture):
    digests = []
    for attachments in ({}, {"d.png": {"image/png": PNG}}, {"d.png": {"image/png": picture(size=(5, 5))}}):
        digests += [answer.digest for answer in with_picture(attachments)[0].written]
    assert len(set(digests)) == 3
    released = cells.read_notebook(course.path("release", assignment) / assignment.filename)
    assert not written_answers(released, released)[0].answered

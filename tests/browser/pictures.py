"""Takes the pictures of the README from the real thing: `make pictures` writes docs/pictures/.

release/ in JupyterLab, a wrong answer in it ─▶ notebook.png
demo/, as `make demo` leaves it: its feedback           ─▶ feedback.png
                                 its class in pictures  ─▶ report.png
"""

import io
import re
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from examiner.charts.page import write_page
from examiner.course.facts import read_course
from examiner.notebook import cells as notebook_cells
from tests.browser.chromium import running_browser
from tests.browser.jupyterlab import LIVE, SECONDS, Notebook, running_lab
from tests.notebooks.rehearsal import ROOT, answers

PICTURES = ROOT / "docs" / "pictures"
ASSIGNMENT, EXERCISE, MISTAKE = "02_poisson_glm", "make_design_matrix", "ends_one_bin_before"
STUDENT = "three_mistakes"
_HEADER = re.compile(r"\A(#.*\n)+")
_N_COLOURS = 128  # enough for text and its cards, and small


def take_pictures():
    """Write a notebook with a hint, a feedback page and the report of the demonstration."""
    PICTURES.mkdir(exist_ok=True)
    with running_browser() as browser, tempfile.TemporaryDirectory() as folder:
        with browser.new_page(viewport={"width": 1000, "height": 640}) as page:
            _picture_notebook(page, Path(folder))
        demo = read_course(ROOT / "demo")
        with browser.new_page(viewport={"width": 800, "height": 1120}) as page:
            (path,) = (demo.root / "feedback" / STUDENT / ASSIGNMENT).glob("*.html")
            page.goto(path.as_uri())
            _save(page.screenshot(), "feedback")
        with browser.new_page(viewport={"width": 1000, "height": 960}) as page:
            picture_report(page, demo)


def _picture_notebook(page, folder):
    """Do in JupyterLab what a student does, up to the first hint."""
    course = read_course(ROOT)
    assignment = course.assignment(ASSIGNMENT)
    shutil.copy(course.path("release", assignment) / assignment.filename, folder)
    (answer,) = (path for path in answers(ASSIGNMENT, EXERCISE, "wrong") if path.stem == MISTAKE)
    with running_lab(folder) as address:
        page.set_default_timeout(1000 * SECONDS)
        page.goto(address)
        page.wait_for_function("() => window.jupyterapp")
        notebook = Notebook(page, assignment.filename, assignment)
        notebook.run_each()
        last = notebook_cells.read_notebook(folder / assignment.filename).cells[-1]
        notebook.write(last.id, LIVE + last.source)
        notebook.run(last.id)
        notebook.write(EXERCISE, _HEADER.sub("", answer.read_text(encoding="utf-8")).strip())
        notebook.run(EXERCISE)
        notebook.command("application:toggle-left-area")
        hint = notebook.run(f"{EXERCISE}-test")
        expect(hint).to_contain_text("Not there yet")
        hint.evaluate("hint => hint.scrollIntoView({block: 'end'})")
        _save(page.screenshot(), "notebook")
        notebook.close()


def picture_report(page, demo):
    """Show on the page of `make report` the scores and the exercises."""
    page.goto(write_page(demo, [demo.assignment(ASSIGNMENT)]).as_uri())
    page.get_by_role("heading", name="Scores", exact=True).evaluate(
        "title => scrollTo(0, title.getBoundingClientRect().top + scrollY - 24)"
    )
    _save(page.screenshot(), "report")


def _save(png, name):
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(_N_COLOURS, dither=Image.Dither.NONE)
    image.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    take_pictures()

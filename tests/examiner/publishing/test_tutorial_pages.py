import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from examiner.errors import CourseError
from examiner.publishing.tutorial_pages import tutorial_card, tutorial_page
from neurocourse import cards

WIDGET = "application/vnd.jupyter.widget-view+json"
LAUNCH = (
    "Open in [Colab](https://colab.example/x) · [Binder](https://binder.example/x), "
    "or [download](https://raw.example/x) it"
)
TITLE = """# Adding

**Sums and their limits**

**When you are done, you can**

- add two numbers: `add`

**Time:** about 20 minutes."""
FIGURE = {"image/png": "iVBORw0KGgo=\n", "text/plain": "Figure"}


def notebook_with(*outputs, folded=False):
    metadata = {"jupyter": {"source_hidden": True}} if folded else {}
    return new_notebook(
        cells=[
            new_markdown_cell(f"{LAUNCH}\n\n**How to work.** Run the cells.\n\n{TITLE}", id="title"),
            new_code_cell("add(1, 2)", id="show-sum", outputs=list(outputs), metadata=metadata),
        ]
    )


def page_of(*outputs, **how):
    return tutorial_page(notebook_with(*outputs, **how), "/downloads/adding.ipynb").cells[-1]


def error(*traceback):
    return new_output("error", ename="ValueError", evalue="no sum", traceback=list(traceback))


def test_the_page_begins_with_its_title_and_offers_the_notebook_itself():
    (title, _) = tutorial_page(notebook_with(), "/downloads/adding.ipynb").cells
    assert title.source.startswith("# Adding\n\n:::{container} launch\nOpen this notebook in [Colab](")
    assert (
        "[Binder](https://binder.example/x), or {download}`download it </downloads/adding.ipynb>`."
        in title.source
    )
    assert "raw.example" not in title.source
    assert "How to work" not in title.source
    assert title.source.endswith(TITLE.partition("\n")[2])


def test_a_figure_becomes_an_image_with_its_description():
    output = new_output(
        "display_data", dict(FIGURE), metadata={"image/png": {"alt": 'Bars, "a" < b', "width": 540}}
    )
    (shown,) = page_of(output).outputs
    image = '<img src="data:image/png;base64,iVBORw0KGgo=" alt="Bars, &quot;a&quot; &lt; b" width="540">'
    assert shown.data == {"text/html": image}


def test_a_figure_without_a_description_is_refused():
    with pytest.raises(
        CourseError, match="cell 'show-sum' shows a figure without alternative text: use `plots.show`"
    ):
        page_of(new_output("display_data", dict(FIGURE)))


def test_a_widget_leaves_its_still_version():
    links = {"text/html": "<a>Video</a>", "text/plain": "Video"}
    (shown,) = page_of(new_output("display_data", {**links, WIDGET: {"model_id": "1"}})).outputs
    assert shown.data == links


def test_an_exercise_that_is_not_filled_in_is_one_quiet_line():
    (shown,) = page_of(error("\x1b[31mThis cell needs `a<b>`.\x1b[0m")).outputs
    assert shown.data == {"text/html": '<p class="unfinished">This cell needs `a&lt;b&gt;`.</p>'}


def test_a_card_for_notebooks_is_left_out_beside_the_line():
    card = new_output("display_data", cards.as_card("to do", "This cell needs `add`."))
    (shown,) = page_of(card, error("This cell needs `add`.")).outputs
    assert shown.data == {"text/html": '<p class="unfinished">This cell needs `add`.</p>'}


def test_a_traceback_is_a_fault_of_the_course():
    with pytest.raises(CourseError, match="cell 'show-sum' of a student notebook fails: ValueError: no sum"):
        page_of(error("Traceback", "ValueError: no sum"))


def test_a_folded_cell_stays_folded_and_says_nothing():
    cell = page_of(error("This cell needs an exercise."), folded=True)
    assert cell.metadata["tags"] == ["hide-input"]
    assert cell.outputs == []


def test_formulas_in_a_folded_answer_are_markdown_again():
    notebook = notebook_with()
    notebook.cells[0].source += "\n\n<details><summary>One answer</summary>\n$x^2$\n</details>"
    (title, _) = tutorial_page(notebook, "/x.ipynb").cells
    assert title.source.endswith("<details><summary>One answer</summary>\n\n$x^2$\n\n</details>")


def test_the_notebook_itself_is_not_changed():
    notebook = notebook_with(error("This cell needs an exercise."))
    before = nbformat.writes(notebook)
    tutorial_page(notebook, "/x.ipynb")
    assert nbformat.writes(notebook) == before


def test_a_card_says_what_is_taught_how_long_it_takes_and_where_to_open_it(assignment):
    card = tutorial_card(notebook_with(), assignment, "tutorials/01_adding.ipynb")
    assert card == (
        "### [Adding and doubling](tutorials/01_adding.ipynb)\n\n"
        f"Sums and their limits, about 20 minutes\n\n- add two numbers\n\n{LAUNCH}\n"
    )


def test_a_notebook_without_launch_links_is_refused(assignment):
    notebook = notebook_with()
    notebook.cells[0].source = TITLE
    with pytest.raises(
        CourseError, match="expected launch links above the heading of the cell 'title': run `make release`"
    ):
        tutorial_card(notebook, assignment, "x.ipynb")


def test_a_notebook_without_a_title_is_refused(assignment):
    notebook = notebook_with()
    del notebook.cells[0]
    with pytest.raises(CourseError, match="expected a cell 'title' in each student notebook, found none"):
        tutorial_page(notebook, "x.ipynb")

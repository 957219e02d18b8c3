"""CONTRIBUTING's own example, followed as it is written, in a copy of the course."""

import re

from examiner.notebook import cells
from tests.notebooks.rehearsal import ROOT

NAME, EXERCISE = "02_poisson_glm", "spike_rate"
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTION = GUIDE[GUIDE.index("## Add an exercise") : GUIDE.index("## Tests that run elsewhere")]
# The guide shows an answer of each kind and asks for 3 right ones and 8 wrong ones: these are the others.
RIGHT = {
    "sum_over_time": "return np.sum(spikes) / (len(spikes) * dt)",
    "in_a_loop": "n = 0\n    for count in spikes:\n        n += count\n    return n / len(spikes) / dt",
}
WRONG = {
    "forgets_return": ("print and return are the same", "is None: does the function end in a `return`?",
                       "print(np.mean(spikes) / dt)"),
    "counts_busy_bins": ("one or none", "it is 66.6667", "return np.mean(np.array(spikes) > 0) / dt"),
    "sum_over_dt": ("a rate is the number of spikes over a bin", "it is 400", "return np.sum(spikes) / dt"),
    "multiplies": ("a rate is a count times a duration", "it is 0.0133333", "return np.mean(spikes) * dt"),
    "milliseconds": ("dt is in milliseconds", "it is 133333", "return np.mean(spikes) / (dt / 1000)"),
    "leaves_out_the_last": ("the last bin is no bin", "it is 50", "return np.mean(spikes[:-1]) / dt"),
    "knows_the_example": ("passing the example is enough", "Use the arguments alone.\n# Hidden: it returns what the example asks for.", "return 133.333"),
}  # fmt: skip


def blocks_of_the_guide():
    """Return the Python blocks of the section, without the indentation of the list that they stand in."""
    found = re.findall(r"^   ```python\n(.*?)^   ```$", SECTION, flags=re.MULTILINE | re.DOTALL)
    return [re.sub(r"^   ", "", block, flags=re.MULTILINE).rstrip("\n") for block in found]


def commands_of_the_guide():
    """Return what the recipes behind the section's two commands run, without Python itself."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    typed = re.findall(r"^make (exercise|check) ([^#\n]+?) +#", SECTION, flags=re.MULTILINE)
    for target, settings in typed:
        recipe = re.search(rf"^{target}: .*\n\t@.*\n\t\$\(RUN\) (.+)$", makefile, flags=re.MULTILINE)[1]
        for name, value in re.findall(r"(\w+)=(\w+)", settings):
            recipe = recipe.replace(f'"$({name})"', value)
        yield re.sub(r" \$\(if .*", "", recipe).split()


def rewrite(path, change):
    source = cells.read_notebook(path)
    change({cell.id: cell for cell in source.cells})
    path.write_text(cells.canonical_text(source), encoding="utf-8")


def fill_in(path, solution, test):
    """Do what steps 1 to 3 ask for; its 5 points are taken from another exercise."""

    def change(by_id):
        by_id[EXERCISE].source, by_id[f"{EXERCISE}-test"].source = solution, test
        by_id[f"{EXERCISE}-test"].metadata["nbgrader"]["points"] = 5
        by_id[f"{EXERCISE}-task"].source = f"### Exercise: `{EXERCISE}` (5 points)\n\nHow often does it fire?"
        by_id["make_design_matrix-test"].metadata["nbgrader"]["points"] = 15
        by_id["design-why"].source = by_id["design-why"].source.replace("(20 points)", "(15 points)")
        title = by_id["title"]
        title.source = title.source.replace("`make_design_matrix`", f"`make_design_matrix`, `{EXERCISE}`", 1)

    rewrite(path, change)


def fill_bank(folder, right, wrong):
    """Do what step 5 asks for."""
    (folder / "right" / "in_a_loop.py").unlink()
    (folder / "wrong" / "largest_only.py").unlink()
    (folder / "right" / "of_the_guide.py").write_text(right)
    (folder / "wrong" / "of_the_guide.py").write_text(wrong)
    for name, body in RIGHT.items():
        text = f"# Approach: {name}\ndef spike_rate(spikes, dt):\n    {body}\n"
        (folder / "right" / f"{name}.py").write_text(text)
    for name, (belief, hint, body) in WRONG.items():
        text = f"# Misconception: {belief}\n# Hint: {hint}\ndef spike_rate(spikes, dt):\n    {body}\n"
        (folder / "wrong" / f"{name}.py").write_text(text)


def test_the_example_of_the_guide_works_as_it_is_written(checkout, python):
    (begin, check) = commands_of_the_guide()
    solution, test, right, wrong = blocks_of_the_guide()
    assert python(*begin)[0] == 0
    fill_in(checkout / "source" / NAME / "poisson_glm.ipynb", solution, test)
    fill_bank(checkout / "tests" / "answers" / NAME / EXERCISE, right, wrong)
    for command in ("format", "release"):
        status, told = python("examiner", command)
        assert status == 0, told
    status, told = python(*check)
    assert re.sub(r"\(\d+ s\)", "", told) == "02_poisson_glm, spike_rate: nothing is missing. \n"
    assert status == 0

"""What editors and platforms make of a notebook when they save it."""

from .base import mangling


def _saved(notebook, *, keep, extra, ids):
    """Save cells as an editor does: what it keeps of nbgrader's metadata and of ids, and what it adds."""
    for number, cell in enumerate(notebook["cells"]):
        settings = cell["metadata"].get("nbgrader") if keep else None
        name = cell.pop("id", None)
        cell["metadata"] = extra(number, name) | ({"nbgrader": settings} if settings else {})
        if ids and name:
            cell["id"] = name


@mangling
def nothing_changed(notebook, rng):
    pass


@mangling
def all_metadata_stripped(notebook, rng):
    notebook["metadata"] = {}
    _saved(notebook, keep=False, extra=lambda number, name: {}, ids=False)


@mangling
def metadata_stripped_but_ids(notebook, rng):
    _saved(notebook, keep=False, extra=lambda number, name: {}, ids=True)


@mangling
def ids_stripped(notebook, rng):
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        cell.pop("id", None)


def _colab(number, name):
    return {
        "id": name,
        "outputId": f"4f1e{number}",
        "colab": {"base_uri": "https://localhost:8080/", "height": 441},
        "cellView": "form",
        "executionInfo": {
            "status": "ok",
            "elapsed": 7,
            "user_tz": -60,
            "user": {"displayName": "A", "userId": "1"},
        },
    }


def _save_in_colab(notebook, *, keep, extra=_colab):
    notebook["nbformat_minor"] = 0
    notebook["metadata"] = {
        "colab": {"provenance": [], "toc_visible": True},
        "kernelspec": {"name": "python3"},
    }
    _saved(notebook, keep=keep, extra=extra, ids=False)


@mangling
def saved_by_colab(notebook, rng):
    _save_in_colab(notebook, keep=True)


@mangling
def saved_by_colab_without_nbgrader(notebook, rng):
    _save_in_colab(notebook, keep=False)


@mangling
def saved_by_colab_with_new_ids(notebook, rng):
    _save_in_colab(notebook, keep=False, extra=lambda number, name: _colab(number, f"Xk3b{number}"))


@mangling
def saved_by_vs_code(notebook, rng):
    _saved(notebook, keep=True, extra=lambda number, name: {"vscode": {"languageId": "python"}}, ids=True)


@mangling
def saved_by_vs_code_without_nbgrader(notebook, rng):
    _saved(notebook, keep=False, extra=lambda number, name: {"vscode": {"languageId": "python"}}, ids=True)


@mangling
def saved_by_kaggle(notebook, rng):
    _saved(
        notebook, keep=False, extra=lambda number, name: {"trusted": True, "_uuid": f"8f2{number}"}, ids=False
    )


@mangling
def saved_by_jupyterlab(notebook, rng):
    extra = {"editable": True, "slideshow": {"slide_type": ""}, "tags": [], "execution": {"iopub": "2027"}}
    _saved(notebook, keep=True, extra=lambda number, name: extra, ids=True)


@mangling
def saved_as_version_3(notebook, rng):
    notebook["nbformat"], notebook["nbformat_minor"], notebook["version 3"] = 3, 0, True

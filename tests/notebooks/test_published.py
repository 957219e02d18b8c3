"""The student repository of the real course: every link leads somewhere in it, and no secret is in it."""

import json
import re
from urllib.parse import parse_qsl, unquote, urlsplit

import nbformat
import pytest

from examiner.course.facts import read_course
from examiner.course.launch import raw_address
from examiner.notebook import cells
from examiner.publishing.gate import find_leaks, secrets_of
from examiner.publishing.wheel import NEWEST_WHEEL
from tests.notebooks.rehearsal import ROOT

COURSE = read_course(ROOT)
NOTEBOOKS = {a.name: f"release/{a.name}/{a.filename}" for a in COURSE.assignments}
LINK = re.compile(r'\]\(([^)\s]+)\)|<(https?://[^>\s]+)>|(?:src|href)="([^"]+)"')
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
BLOCK = re.compile(
    r"^[^\n]*BEGIN (SOLUTION|HIDDEN TESTS|MARK SCHEME)[^\n]*\n(.*?)^[^\n]*END \1", re.DOTALL | re.MULTILINE
)


def links_in(text):
    return ["".join(groups) for groups in LINK.findall(text)]


def prose_of(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return text
    return "\n".join(cell.source for cell in nbformat.reads(text, 4).cells if cell.cell_type == "markdown")


@pytest.fixture(scope="module")
def prose(published):
    """The Markdown that students read, by path."""
    pages = [*published.rglob("*.md"), *published.rglob("*.ipynb")]
    return {page.relative_to(published).as_posix(): prose_of(page) for page in pages}


def of_github(path):
    """Return repository, branch and file of the page of a file on GitHub."""
    owner, name, kind, branch, file = path.lstrip("/").split("/", 4)
    assert kind == "blob"
    return f"{owner}/{name}", branch, unquote(file)


def of_colab(address):
    assert address.path.startswith("/github/")
    assert not address.query
    return of_github(address.path.removeprefix("/github/"))


def of_kaggle(address):
    assert address.path == "/kernels/welcome"
    ((key, source),) = parse_qsl(address.query, strict_parsing=True)
    assert (key, urlsplit(source).scheme, urlsplit(source).netloc) == ("src", "https", "github.com")
    return of_github(urlsplit(source).path)


def of_binder(address):
    assert (address.path.count("/"), address.path[:7]) == (5, "/v2/gh/")
    ((key, file),) = parse_qsl(address.query, strict_parsing=True)
    assert key == "labpath"
    assert "/" not in address.query
    owner, name, branch = address.path.removeprefix("/v2/gh/").split("/")
    return f"{owner}/{name}", unquote(branch), file


def of_codespaces(address):
    assert address.query == "quickstart=1"
    owner, name, kind, branch = address.path.lstrip("/").split("/", 3)
    assert kind == "tree"
    return f"{owner}/{name}", branch, ".devcontainer/devcontainer.json"


def of_download(address):
    owner, name, branch, file = address.path.lstrip("/").split("/", 3)
    return f"{owner}/{name}", branch, unquote(file)


SERVICES = {
    "colab.research.google.com": of_colab,
    "kaggle.com": of_kaggle,
    "mybinder.org": of_binder,
    "codespaces.new": of_codespaces,
    "raw.githubusercontent.com": of_download,
}


def launched(text):
    """Return by service the files that a page's launch links open in the student repository."""
    opened = {}
    for link in links_in(text):
        address = urlsplit(link)
        if address.netloc in SERVICES:
            assert address.scheme == "https"
            repository, branch, file = SERVICES[address.netloc](address)
            assert (repository, branch) == (COURSE.repository, COURSE.branch)
            opened.setdefault(address.netloc, []).append(file)
    return opened


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_notebook_opens_itself_in_every_service(published, prose, name):
    opened = launched(prose[NOTEBOOKS[name]])
    assert opened.pop("codespaces.new") == [".devcontainer/devcontainer.json"]
    assert opened == {host: [NOTEBOOKS[name]] for host in SERVICES if host != "codespaces.new"}
    assert (published / NOTEBOOKS[name]).is_file()


def test_the_readme_opens_every_notebook_in_every_service(prose):
    opened = launched(prose["README.md"])
    assert set(opened.pop("codespaces.new")) == {".devcontainer/devcontainer.json"}
    assert opened == {host: list(NOTEBOOKS.values()) for host in SERVICES if host != "codespaces.new"}


def test_what_the_services_read_is_in_the_repository(published):
    assert json.loads((published / ".devcontainer" / "devcontainer.json").read_text())["image"]
    assert (published / "binder" / "environment.yml").read_text().startswith("# For Binder")
    post_build = published / "binder" / "postBuild"
    assert post_build.stat().st_mode & 0o111
    assert post_build.read_text().startswith("#!")


def test_links_within_the_repository_lead_to_its_files_and_headings(published, prose):
    for page, text in prose.items():
        for link in links_in(text):
            address = urlsplit(link)
            if address.scheme:
                continue
            target = (published / page).parent / unquote(address.path) if address.path else published / page
            assert target.exists(), f"{page}: {link}"
            assert published in target.resolve().parents
            headings = [re.sub(r"[^\w -]", "", title).replace(" ", "-") for title in HEADING.findall(text)]
            assert not address.fragment or address.fragment in map(str.lower, headings), f"{page}: {link}"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_has_no_link_that_only_a_checkout_could_follow(prose, name):
    assert [link for link in links_in(prose[NOTEBOOKS[name]]) if not urlsplit(link).scheme] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_installs_its_helper_module_from_the_same_branch(published, name):
    notebook = nbformat.read(published / NOTEBOOKS[name], 4)
    (setup,) = [cell.source for cell in notebook.cells if cell.id == "setup"]
    assert f'newest = "{raw_address(COURSE, NEWEST_WHEEL)}"' in setup
    assert f"|| {{install}} git+https://github.com/{COURSE.repository}@{COURSE.branch}\n" in setup


def test_each_solution_hidden_test_mark_scheme_and_answer_is_found_if_it_stands_in_a_published_file():
    whole = {}
    for assignment in COURSE.assignments:
        source = cells.read_notebook(COURSE.path("source", assignment) / assignment.filename)
        for cell in source.cells:
            for number, (kind, text) in enumerate(BLOCK.findall(cell.source)):
                whole[f"{kind} {number} of {assignment.name}, {cell.id}"] = text
    for path in (ROOT / "tests" / "answers").rglob("*.py"):
        whole[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    long_enough = {name: text.encode() for name, text in whole.items() if len("".join(text.split())) >= 20}
    assert len(whole) > len(long_enough) > 1000
    found = {leak.path for leak in find_leaks(long_enough, secrets_of(COURSE))}
    assert long_enough.keys() - found == set()

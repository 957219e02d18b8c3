from dataclasses import replace

import pytest

from examiner.course.launch import launch_links, links, published_path

PATH = "release/01_adding/adding.ipynb"


@pytest.mark.parametrize(
    ("service", "address"),
    [
        ("Colab", f"https://colab.research.google.com/github/YOUR-ORGANISATION/tiny/blob/main/{PATH}"),
        ("Kaggle", f"https://kaggle.com/kernels/welcome?src=https://github.com/YOUR-ORGANISATION/tiny/blob/main/{PATH}"),
        ("Binder", "https://mybinder.org/v2/gh/YOUR-ORGANISATION/tiny/main?labpath=release%2F01_adding%2Fadding.ipynb"),
        ("Codespaces", "https://codespaces.new/YOUR-ORGANISATION/tiny/tree/main?quickstart=1"),
        ("download", f"https://raw.githubusercontent.com/YOUR-ORGANISATION/tiny/main/{PATH}"),
    ],
)  # fmt: skip
def test_each_service_gets_the_address_that_it_reads(course, assignment, service, address):
    assert published_path(assignment) == PATH
    assert links(course, PATH)[service] == address


def test_the_line_of_links_names_every_service_once(course):
    line = launch_links(course, PATH)
    assert line.startswith("Open this notebook in [Colab](https://colab.")
    assert line.endswith("adding.ipynb) it")
    assert [line.count(f"[{service}](") for service in links(course, PATH)] == [1] * 5


def test_a_branch_or_path_with_odd_letters_stays_one_address(course):
    found = links(replace(course, branch="term/spring"), "release/week 1/a&b.ipynb")
    assert found["Binder"].endswith("/tiny/term%2Fspring?labpath=release%2Fweek%201%2Fa%26b.ipynb")
    assert found["Colab"].endswith("/tiny/blob/term/spring/release/week%201/a%26b.ipynb")
    assert found["Codespaces"].endswith("/tiny/tree/term/spring?quickstart=1")

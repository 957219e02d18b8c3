"""The dated list of what Colab offers, compared with what is installed."""

import datetime
import re

from examiner import colab
from examiner.grading import edition
from examiner.installed import can_import
from tests.examiner.conftest import check_cell


def test_the_list_has_a_date_and_a_source():
    assert datetime.date.fromisoformat(colab.as_of()) <= datetime.date.today()
    text = colab._LIST.read_text()
    assert "https://github.com/googlecolab/backend-info at commit" in text


def test_each_line_is_a_module_its_package_and_a_version():
    offered = colab.offered_by_colab()
    assert len({line.module for line in offered}) == len(offered) > 50
    assert all(line.module.isidentifier() and re.fullmatch(r"[\d.]+", line.version) for line in offered)
    assert ("sklearn", "scikit-learn") in [(line.module, line.package) for line in offered]


def test_what_is_missing_is_what_cannot_be_imported():
    missing = colab.missing_here()
    assert missing == [line.module for line in colab.offered_by_colab() if not can_import(line.module)]
    assert not {"numpy", "scipy", "matplotlib", "sklearn", "torch"} & set(missing)


def test_pandas_is_there_as_in_colab(run_on):
    assert can_import("pandas")
    assert "pandas" in colab.versions_here()
    answer = "import pandas as pd\ndef f(numbers):\n    return pd.Series(numbers).sum()"
    _, _, results = run_on(answer, check_cell("assert f([1, 2.5]) == 3.5"))
    assert results["f-test"].message == ""


def test_another_version_of_what_students_may_use_makes_another_edition(monkeypatch):
    before = edition.__wrapped__()
    monkeypatch.setattr("examiner.grading.versions_here", lambda: {"pandas": "0.1"})
    assert edition.__wrapped__() != before

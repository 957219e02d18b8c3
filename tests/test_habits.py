"""The files by which people work together on the project: valid, and in step with one another."""

import datetime
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from examiner.course.facts import read_course

ROOT = Path(__file__).parents[1]
FORMS = sorted(
    set((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")) - {ROOT / ".github/ISSUE_TEMPLATE/config.yml"}
)
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
KINDS = {"markdown", "input", "textarea", "dropdown", "checkboxes"}
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
RELEASED = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def loaded(*parts):
    return yaml.safe_load((ROOT.joinpath(*parts)).read_text(encoding="utf-8"))


def test_there_are_forms_for_what_people_report():
    assert [loaded(path)["name"] for path in FORMS] == [
        "Grading breaks",
        "A mistake in an exercise",
        "A wrong grade",
    ]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_has_what_github_asks_of_one(path):
    form = loaded(path)
    assert form.keys() >= {"name", "description", "body"}
    assert all(isinstance(label, str) for label in form["labels"])
    questions = [part for part in form["body"] if part["type"] != "markdown"]
    assert questions
    assert {part["type"] for part in form["body"]} <= KINDS
    assert all(part["attributes"]["value"].strip() for part in form["body"] if part not in questions)
    assert all(part["attributes"]["label"] for part in questions)
    assert all(part["attributes"]["options"] for part in questions if part["type"] == "dropdown")
    ids = [part["id"] for part in questions]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]+", name) for name in ids)
    assert any(part.get("validations", {}).get("required") for part in questions)


def test_the_form_on_exercises_offers_the_tutorials_of_the_course():
    parts = {part.get("id"): part for part in loaded(".github", "ISSUE_TEMPLATE", "exercise.yml")["body"]}
    names = [assignment.name for assignment in read_course(ROOT).assignments]
    assert parts["tutorial"]["attributes"]["options"] == names


def test_who_found_a_hole_is_led_to_the_private_way():
    (link,) = loaded(".github", "ISSUE_TEMPLATE", "config.yml")["contact_links"]
    assert link.keys() == {"name", "url", "about"}
    assert re.fullmatch(r"https://github\.com/[\w-]+/[\w.-]+/blob/\w+/SECURITY\.md", link["url"])
    assert "Report a vulnerability" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_has_few_rights_and_runs_pinned_actions_one_at_a_time(path):
    workflow = loaded(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["concurrency"].keys() == {"group", "cancel-in-progress"}
    assert all("timeout-minutes" in job for job in workflow["jobs"].values())
    used = [line.strip().removeprefix("- ") for line in path.read_text().splitlines() if "uses:" in line]
    assert used
    assert [line for line in used if not PINNED.fullmatch(line)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_a_workflow_checks_out_keeps_no_key(path):
    steps = [step for job in loaded(path)["jobs"].values() for step in job["steps"]]
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_each_supported_python_is_tested_on_each_change_and_once_a_week():
    workflow = loaded(".github", "workflows", "test.yml")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == ">=3.11,<3.14"
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    when = workflow[True]  # `on` is yes in YAML
    assert when.keys() >= {"push", "pull_request", "schedule"}
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", when["schedule"][0]["cron"])


def test_dependabot_looks_after_actions_and_packages():
    settings = loaded(".github", "dependabot.yml")
    assert settings["version"] == 2
    assert {update["package-ecosystem"] for update in settings["updates"]} == {"github-actions", "pip"}
    assert all(update["directory"] == "/" for update in settings["updates"])
    assert all(update["schedule"]["interval"] == "weekly" for update in settings["updates"])


def test_hooks_before_a_commit_are_the_commands_of_make_lint():
    (repository,) = loaded(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    lint = re.search(r"^lint: .*\n\t(.+)$", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)[1]
    hooks = [hook["entry"] for hook in repository["hooks"]]
    assert " && ".join(hooks) == lint.replace("$(VENV)", ".venv")
    assert all(hook["language"] == "system" for hook in repository["hooks"])


def test_the_citation_names_the_project_and_nobody_in_person():
    citation = loaded("CITATION.cff")
    assert citation.keys() >= {"cff-version", "message", "title", "authors", "version", "date-released"}
    assert citation["title"] == read_course(ROOT).title
    assert citation["authors"] == [{"name": f"{citation['title']} contributors"}]


def test_changelog_package_and_citation_name_the_same_release():
    releases = RELEASED.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    dates = [datetime.date.fromisoformat(date) for _, date in releases]
    assert dates == sorted(dates, reverse=True)
    citation = loaded("CITATION.cff")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert (citation["version"], str(citation["date-released"])) == releases[0]
    assert project["version"] == citation["version"]
    assert citation["license"] == project["license"]


def test_the_changelog_keeps_a_place_for_what_comes_next():
    headings = re.findall(
        r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert headings[0] == "[Unreleased]"


@pytest.mark.parametrize("folder", ["tests/attacks", "tests/attacks/files", "tests/answers"])
def test_what_students_might_hand_in_is_not_run_outside_of_a_sandbox(folder):
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--collect-only", folder]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert f"{folder} is no test: pytest would run it outside of the sandbox." in run.stderr

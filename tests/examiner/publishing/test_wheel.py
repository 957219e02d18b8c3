"""The wheel of the helper module: the same bytes everywhere, and the contents that setuptools would pack."""

import base64
import csv
import email
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest
from packaging.metadata import Metadata
from packaging.utils import parse_wheel_filename

from examiner.publishing.wheel import build_wheel

PROJECT = {
    "name": "neurocourse",
    "version": "0.1.0",
    "description": "A helper module.",
    "license": "BSD-3-Clause",
    "requires-python": "<3.14,>=3.11",
    "dependencies": ["numpy>=1.26", "pooch>=1.8"],
    "optional-dependencies": {"deep": ["torch>=2.1"]},
}
FILES = {
    "neurocourse/__init__.py": b"",
    "neurocourse/a/b.py": b"x = 1\n",
    "neurocourse/a/c.png": bytes(range(256)),
}
LICENCES = {"LICENSE": b"Free.\n"}


def built(*, project=PROJECT, files=FILES, licences=LICENCES):
    return build_wheel(project, files, licences)


def opened(wheel):
    return zipfile.ZipFile(io.BytesIO(wheel.content))


def test_its_name_is_read_as_the_specification_says_and_holds_its_version():
    wheel = built()
    name, version, _, (tag,) = parse_wheel_filename(wheel.file_name)
    assert (name, str(version), str(tag)) == ("neurocourse", wheel.version, "py3-none-any")
    assert wheel.version.startswith("0.1.0+c")


def test_order_of_the_files_clock_and_umask_leave_no_trace(monkeypatch):
    before = built()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    earlier = os.umask(0o077)
    try:
        turned = built(files=dict(reversed(FILES.items())))
    finally:
        os.umask(earlier)
    assert turned == before


CHANGES = {
    "a file": {"files": FILES | {"neurocourse/a/b.py": b"x = 2\n"}},
    "the name of a file": {"files": {"neurocourse/__init__.py": b"", "neurocourse/b.py": b"x = 1\n"}},
    "a licence": {"licences": {"LICENSE": b"Freer.\n"}},
    "a requirement": {"project": PROJECT | {"dependencies": ["numpy>=2"]}},
    "the version": {"project": PROJECT | {"version": "0.2.0"}},
    "the versions of Python": {"project": PROJECT | {"requires-python": ">=3.12"}},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_other_contents_make_another_version(change):
    assert built(**change).version != built().version


def test_the_record_names_every_file_with_its_hash_and_size():
    with opened(built()) as archive:
        assert archive.testzip() is None
        (record,) = [path for path in archive.namelist() if path.endswith("/RECORD")]
        rows = list(csv.reader(archive.read(record).decode().splitlines()))
        assert [path for path, *_ in rows] == archive.namelist()
        assert rows.pop() == [record, "", ""]
        for path, digest, size in rows:
            content = archive.read(path)
            expected = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
            assert (digest, int(size)) == (f"sha256={expected}", len(content))


def test_its_metadata_are_valid_and_keep_extras_apart():
    with opened(built()) as archive:
        (path,) = [path for path in archive.namelist() if path.endswith("/METADATA")]
        found = Metadata.from_email(archive.read(path), validate=True)
    assert list(map(str, found.requires_dist)) == ["numpy>=1.26", "pooch>=1.8", 'torch>=2.1; extra == "deep"']
    assert (found.provides_extra, found.license_files) == (["deep"], ["LICENSE"])
    assert found.requires_python == "<3.14,>=3.11"


def test_another_content_does_not_fit_the_hash_of_its_requirement():
    wheel = built()
    line = wheel.requirement("https://example.org/a.whl")
    assert line.startswith("neurocourse @ https://example.org/a.whl --hash=sha256:")
    assert replace(wheel, content=wheel.content + b"\0").requirement("https://example.org/a.whl") != line


def test_setuptools_puts_the_same_files_and_facts_into_a_wheel(tmp_path):
    """The wheel that pip builds, from which it installs the student repository where git serves it."""
    lines = [f"{key} = {value!r}" for key, value in PROJECT.items() if isinstance(value, str | list)]
    packages = '[tool.setuptools]\npackages = ["neurocourse", "neurocourse.a"]'
    tool = f'{packages}\npackage-data.neurocourse = ["a/*.png"]'
    extra = '[project.optional-dependencies]\ndeep = ["torch>=2.1"]'
    (tmp_path / "pyproject.toml").write_text(
        "\n".join(["[project]", *lines, "license-files=['LICENSE']", extra, tool])
    )
    files = FILES | {"neurocourse/a/__init__.py": b""}
    for path, content in (files | LICENCES).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-qq",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        "dist",
        ".",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=120)
    (theirs,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(theirs) as one, opened(built(files=files)) as other:
        assert comparable(one) == comparable(other)


def comparable(archive):
    """Return what pip installs, by path, without the version and without what tells of the builder."""
    found = {}
    for path in archive.namelist():
        plain = path.replace(path.split("/")[0], "about") if ".dist-info/" in path else path
        found[plain] = archive.read(path)
    for only_one_has_or_says_its_own in ("RECORD", "WHEEL", "top_level.txt"):
        found.pop(f"about/{only_one_has_or_says_its_own}", None)
    facts = email.message_from_bytes(found.pop("about/METADATA"))
    kept = [
        (field, fact.replace(" ", "")) for field, fact in facts.items() if field not in ("Version", "Dynamic")
    ]
    return found | {"facts": sorted(kept)}

"""Archives as platforms pack them, and what lies in `submitted/` after they were collected."""

import stat
import struct
import zipfile

import pytest

from examiner.course.facts import read_course
from tests.examiner.conftest import COURSE


def entry(name, moment=None, *, mode=stat.S_IFREG | 0o644):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    if moment:
        info.extra = struct.pack("<HHBi", 0x5455, 5, 1, int(moment.timestamp()))
    return info


@pytest.fixture
def packed(tmp_path):
    """A function that writes a zip file: from names or entries to contents."""

    def packed(files, name="submissions.zip"):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for file, content in files.items():
                archive.writestr(file, content)
        return tmp_path / name

    return packed


@pytest.fixture
def two_assignments(course):
    """The tiny course, and the same notebook under another name as a second assignment."""
    source = course.root / "source" / "02_doubling"
    source.mkdir()
    content = (course.root / "source" / "01_adding" / "adding.ipynb").read_bytes()
    (source / "doubling.ipynb").write_bytes(content)
    second = '\n[[assignments]]\nname = "02_doubling"\ntitle = "Doubling"\n'
    (course.root / "course.toml").write_text(COURSE + second)
    return read_course(course.root)


def submitted(course):
    folder = course.root / "submitted"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.glob("[!.]*/**/*"))
        if path.is_file()
    }


def moodle(number, name="Ada Lovelace", file="adding.ipynb"):
    return f"{name}_{number}_assignsubmission_file_/{file}"

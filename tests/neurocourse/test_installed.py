"""What an installed helper module says of itself. tests/notebooks/test_setup.py asks it in a notebook."""

import subprocess
import sys
from pathlib import Path

import pytest

import neurocourse
from neurocourse import installed

RUN_IN_A_NEW_CELL = "Run this in a new cell, then restart the kernel:"


def as_installed(folder, version, *requirements):
    """Write what pip installs of a package with these requirements: enough of it to be asked."""
    package, about = folder / "neurocourse", folder / f"neurocourse-{version}.dist-info"
    package.mkdir()
    about.mkdir()
    (package / "__init__.py").write_text("")
    (package / "installed.py").write_bytes(Path(installed.__file__).read_bytes())
    (about / "RECORD").write_text("neurocourse/__init__.py,,\nneurocourse/installed.py,,\n")
    lines = ["Metadata-Version: 2.4", "Name: neurocourse", f"Version: {version}"]
    (about / "METADATA").write_text("\n".join([*lines, *(f"Requires-Dist: {text}" for text in requirements)]))


def said(folder):
    program = "from neurocourse import installed; installed.check_needs()"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder, capture_output=True, text=True, check=True, timeout=60, env={"PYTHONPATH": str(folder)},
    )  # fmt: skip
    return done.stdout


@pytest.mark.parametrize(
    ("requirements", "sentence"),
    {
        "nothing": ((), ""),
        "all is there": (
            ("numpy>=1.26", 'torch>=99; extra == "deep"', 'numpy>=99; python_version < "3"'),
            "",
        ),
        "missing": (
            ("no-such-package>=1.8", "numpy>=1.26"),
            "neurocourse needs no-such-package>=1.8 (missing). "
            f'{RUN_IN_A_NEW_CELL}  %pip install "no-such-package>=1.8"\n',
        ),
        "missing and too old": (
            ("no-such-package", "packaging>=9999"),
            "neurocourse needs no-such-package (missing) and packaging>=9999 ({packaging} is installed). "
            f'{RUN_IN_A_NEW_CELL}  %pip install "no-such-package" "packaging>=9999"\n',
        ),
    }.values(),
    ids=["nothing", "all is there", "missing", "missing and too old"],
)
def test_a_sentence_says_what_is_missing_or_too_old_and_what_to_run(tmp_path, requirements, sentence):
    import packaging

    as_installed(tmp_path, "0.1.0+c123456789abc", *requirements)
    assert said(tmp_path) == sentence.format(packaging=packaging.__version__)


def test_a_version_that_the_course_did_not_publish_is_not_looked_at(tmp_path):
    as_installed(tmp_path, "0.1.0", "no-such-package")
    assert said(tmp_path) == ""


def test_a_checkout_is_not_looked_at_and_asks_nobody():
    installed.check_newest("http://127.0.0.1:9/nobody-answers")
    installed.check_needs()
    assert neurocourse.__name__ in sys.modules

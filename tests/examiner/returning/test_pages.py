import zipfile

import pytest

from examiner.gradebook.roster import Identity, Member
from examiner.returning.pages import address, pack

ADA = Member("ada", "Ada", "O'Brien_Li", identities=frozenset({Identity("Moodle", "117", "01_adding")}))
FOLDER = "12345-67890 - Ada Li - Feb 10, 2027 1230 PM"
NAMES = [
    ("Canvas", "lovelaceada_81_4711_lnp.ipynb", "lovelaceada_81_4711_adding.html"),
    ("Canvas", "lovelaceada_LATE_81_4711_12_3_lnp.ipynb", "lovelaceada_LATE_81_4711_adding.html"),
    ("Canvas", "anon_Xk3bQ_4711_lnp.ipynb", "anon_Xk3bQ_4711_adding.html"),
    ("Canvas", "anon_LATE_Xk3bQ_4711_lnp.ipynb", "anon_LATE_Xk3bQ_4711_adding.html"),
    ("Canvas", "lovelaceada_81_text.html", None),
    ("Canvas", "", None),
    ("Moodle", "Ada Li_219_assignsubmission_file_", "Ada OBrien Li_219_assignsubmission_file_/adding.html"),
    ("Moodle", "", "Ada OBrien Li_117_assignsubmission_file_/adding.html"),
    ("Brightspace", FOLDER, f"{FOLDER}/adding.html"),
    ("Brightspace", f"{FOLDER} - lnp.ipynb", f"{FOLDER}/adding.html"),
    ("Brightspace", "", None),
    ("Blackboard", "", "ada/adding.html"),
    ("CSV", "", "ada/adding.html"),
]  # fmt: skip


@pytest.mark.parametrize(("platform", "handed_in", "name"), NAMES)
def test_a_page_is_called_as_the_platform_takes_it_or_goes_to_nobody(platform, handed_in, name):
    found = address(
        platform, {"ada": "adding.html"}, {"ada": ADA}, {"ada": handed_in}, assignment="01_adding"
    )
    assert found.names == ({"ada": name} if name else {})
    assert found.nameless == (() if name else ("ada",))


def test_the_number_of_another_assignment_is_nobodys_in_this_one():
    found = address("Moodle", {"ada": "adding.html"}, {"ada": ADA}, {}, assignment="02_doubling")
    assert found.nameless == ("ada",)


def test_the_same_pages_make_the_same_zip_file(tmp_path):
    contents = {"b/adding.html": b"2", "a/adding.html": b"1"}
    files = {name: tmp_path / content.decode() for name, content in contents.items()}
    for name, path in files.items():
        path.write_bytes(contents[name])
    zips = tmp_path / "one.zip", tmp_path / "other.zip"
    pack(files, zips[0])
    pack(dict(reversed(files.items())), zips[1])
    assert zips[0].read_bytes() == zips[1].read_bytes()
    with zipfile.ZipFile(zips[0]) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == contents

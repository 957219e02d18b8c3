from pathlib import Path

import pytest

from neurocourse import settings

pytestmark = pytest.mark.usefixtures("plain_environment")


@pytest.mark.parametrize("value", ["", "auto"])
def test_data_come_from_wherever_they_can_be_had_by_default(monkeypatch, value):
    assert settings.data_source() == "auto"
    monkeypatch.setenv("NEUROCOURSE_DATA", value)
    assert settings.data_source() == "auto"


@pytest.mark.parametrize("value", ["recorded", "simulated"])
def test_the_environment_chooses_the_data(monkeypatch, value):
    monkeypatch.setenv("NEUROCOURSE_DATA", value)
    assert settings.data_source() == value


def test_an_unknown_source_of_data_is_refused(monkeypatch):
    monkeypatch.setenv("NEUROCOURSE_DATA", "twin")
    message = "^NEUROCOURSE_DATA must be one of auto, recorded, simulated, got 'twin'$"
    with pytest.raises(ValueError, match=message):
        settings.data_source()


def test_the_folder_of_recordings_is_none_unless_named(monkeypatch):
    assert settings.data_dir() is None
    monkeypatch.setenv("NEUROCOURSE_DATA_DIR", "")
    assert settings.data_dir() is None
    monkeypatch.setenv("NEUROCOURSE_DATA_DIR", "/recordings")
    assert settings.data_dir() == Path("/recordings")


def test_a_tilde_in_the_folder_of_recordings_is_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("NEUROCOURSE_DATA_DIR", "~/recordings")
    assert settings.data_dir() == tmp_path / "recordings"


@pytest.mark.parametrize(("value", "quick"), [(None, False), ("", False), ("0", False), ("1", True)])
def test_problems_are_small_in_quick_mode_alone(monkeypatch, value, quick):
    if value is not None:
        monkeypatch.setenv("NEUROCOURSE_QUICK", value)
    assert settings.is_quick() is quick
    assert settings.size(full=100, quick=10) == (10 if quick else 100)

"""What a cell shows is kept, up to a limit that is told."""

import sys
import types

from examiner.inside.kernel import Outputs, learn_files

MORE = "\n… (the rest of the output was cut)\n"


def test_displays_are_kept_up_to_a_number_of_bytes():
    outputs = Outputs(1000)
    for _ in range(100):
        outputs.add_message("display_data", {"data": {"image/png": bytes(60)}, "metadata": {}})
    *displays, more = outputs.shown
    assert 3 < len(displays) < 10
    assert more == {"output_type": "stream", "name": "stderr", "text": [MORE]}


def test_errors_are_kept_up_to_a_number_of_bytes():
    outputs = Outputs(1000)
    for _ in range(9):
        outputs.add_message("error", {"ename": "E", "evalue": "", "traceback": []})
    assert len(outputs.shown) == 1


def test_an_images_bytes_stand_as_text_as_notebooks_keep_them():
    outputs = Outputs(1000)
    outputs.add_message("display_data", {"data": {"image/png": b"\x89PNG"}, "metadata": {}})
    assert outputs.shown[0]["data"] == {"image/png": "iVBORw=="}


def test_texts_of_one_stream_are_one_output_and_a_new_start_forgets_them():
    outputs = Outputs(1000)
    for text in ("a", "b"):
        outputs.add_text("stdout", text)
    assert outputs.shown == [{"output_type": "stream", "name": "stdout", "text": ["a", "b"]}]
    outputs.start()
    assert outputs.shown == []


def test_a_module_that_cannot_be_asked_for_its_file_stops_nothing(monkeypatch):
    class Lazy(types.ModuleType):
        def __getattr__(self, name):
            raise ImportError(name)

    monkeypatch.setitem(sys.modules, "lazy_module", Lazy("lazy_module"))
    learn_files()

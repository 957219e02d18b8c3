"""The form for feedback: what it keeps, what it sends, what it says when it cannot."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import ipywidgets
import pytest

from neurocourse import widgets
from neurocourse.widgets import feedback

WIDGET = "application/vnd.jupyter.widget-view+json"
SECTIONS = "1. First | 2. Second"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder of one's own to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Form:
    """The form's parts, and a person who fills it in."""

    def __init__(self, endpoint="", user_key=""):
        self.box = feedback._form(ipywidgets, "01_adding", SECTIONS.split(" | "), (endpoint, user_key))
        self.section, self.answer, self.comment, self.consent, self.submit, self.said = self.box.children

    def fill_in(self, section, answer, comment=""):
        self.section.value, self.answer.value, self.comment.value = section, answer, comment
        self.submit.click()


def kept(folder):
    return json.loads((folder / "section_feedback.json").read_text(encoding="utf-8"))


def test_an_answer_is_kept_in_a_file_without_a_name(here):
    form = Form()
    form.fill_in("2. Second", "So so", "  Why √?  ")
    assert kept(here) == [
        {"section_id": "01_adding: 2. Second", "button_name": "medium", "feedback": "Why √?"}
    ]
    assert form.said.value == f"2. Second: Kept in {here / 'section_feedback.json'}. Thank you!"
    assert (form.answer.value, form.comment.value, form.submit.disabled) == (None, "", False)


def test_of_two_answers_on_a_section_the_last_one_is_kept(here):
    form = Form()
    form.fill_in("1. First", "I got lost")
    form.fill_in("2. Second", "So so")
    form.fill_in("1. First", "It went well")
    assert [(answer["section_id"][-8:], answer["button_name"]) for answer in kept(here)] == [
        ("2. Second"[-8:], "medium"),
        ("1. First", "happy"),
    ]


@pytest.mark.parametrize("content", ["", "{", "{}", '[1, {"a": 2}]'])
def test_a_file_that_somebody_edited_does_not_stop_it(here, content):
    (here / "section_feedback.json").write_text(content)
    Form().fill_in("1. First", "So so")
    assert kept(here)[-1]["section_id"] == "01_adding: 1. First"


def test_without_an_answer_nothing_is_kept(here):
    form = Form()
    form.submit.click()
    assert form.said.value == "Choose one of the three answers first."
    assert list(here.iterdir()) == []


def test_a_long_comment_is_cut(here):
    Form().fill_in("1. First", "So so", "x" * 5000)
    assert len(kept(here)[0]["feedback"]) == 1000


def test_the_form_says_where_answers_go_before_one_submits():
    assert "without your name, in the file <code>section_feedback.json</code>" in Form().consent.value
    assert "delete it if you change your mind" in Form().consent.value
    sent = Form("https://feedback.example.org/api/v1/projects/course").consent.value
    assert "sends your answer, without your name" in sent
    assert "(feedback.example.org)" in sent
    assert all("nothing about yourself" in text for text in (Form().consent.value, sent))


@pytest.fixture
def server():
    """A server on loopback that takes what it is sent, and its address."""
    received = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((self.path, self.headers["X-User-Key"], json.loads(body)))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            """Keep quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        running.received = received
        running.url = f"http://127.0.0.1:{running.server_port}/api/v1/projects/course"
        yield running
        running.shutdown()
        thread.join()


def test_with_an_address_an_answer_is_sent_in_the_fields_of_vibecheck(here, server, plain_environment):
    form = Form(server.url, "key")
    form.fill_in("2. Second", "I got lost", "Too fast")
    ((path, key, record),) = server.received
    assert (path, key) == ("/api/v1/projects/course", "key")
    assert record.pop("timestamp_utc").count(":") == 2
    assert record == {"section_id": "01_adding: 2. Second", "button_name": "sad", "feedback": "Too fast"}
    assert form.said.value == "2. Second: sent. Thank you!"
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:9/nobody", "file:///etc/passwd", "nonsense"])
def test_what_cannot_be_sent_is_kept(here, plain_environment, endpoint):
    form = Form(endpoint)
    form.fill_in("1. First", "So so")
    assert len(kept(here)) == 1
    assert form.said.value.startswith("1. First: It could not be sent (")


@pytest.fixture
def shown(monkeypatch, plain_environment):
    from IPython import display

    outputs = []
    monkeypatch.setattr(display, "display", lambda data, raw, metadata: outputs.append(data))
    return outputs


def test_a_live_page_gets_the_form_and_any_other_a_line(shown):
    widgets.ask_feedback("01_adding", SECTIONS)
    (data,) = shown
    assert data[WIDGET]["model_id"]
    assert data["text/plain"] == (
        "Submit your feedback: a form appears here when this notebook runs. Answers go to the file "
        "section_feedback.json."
    )


def test_in_quick_mode_there_is_the_line_alone(shown, monkeypatch):
    monkeypatch.setenv("NEUROCOURSE_QUICK", "1")
    widgets.ask_feedback("01_adding", SECTIONS, endpoint="https://feedback.example.org/x")
    (data,) = shown
    assert set(data) == {"text/html", "text/plain"}
    assert data["text/plain"].endswith("Answers go to feedback.example.org.")

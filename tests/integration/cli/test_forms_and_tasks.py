"""Insight forms and tasks: what they change goes through the edit service, and says where it came from."""

import json

import pytest

from tests.integration.cli.terminal import Terminal

FORM = {
    "name": "Health check",
    "entity": "account",
    "published": True,
    "sections": [
        {
            "title": "Now",
            "fields": [
                {"attribute": "industry", "required": True, "help": "As they say themselves"},
                {"attribute": "name", "when": ["industry", "Energy"]},
                {"attribute": "csm", "default": ""},
            ],
        }
    ],
}


@pytest.fixture
def form(terminal: Terminal) -> str:
    path = terminal.file("form.json", json.dumps(FORM))
    told = terminal.run("forms", "save", path, "--json")
    assert told.code == 0, told
    return str(told.json["name"])


def drafts(terminal: Terminal, record: str) -> list[str]:
    """Name the attributes of a record that hold an edit which waits."""
    told = terminal.run("history", record, "--json")
    return [one["attribute"] for one in told.json if one["kind"] == "draft"]


def test_a_form_is_saved_as_one_act_and_says_where_it_came_from(terminal: Terminal, form: str) -> None:
    record = terminal.record()
    told = terminal.run(
        "edit", record, "--form", form, "--set", "industry=Energy", "--set", "name=New", "--send", "--json"
    )
    assert told.code == 0, told
    assert [one["state"] for one in told.json["edits"]] == ["confirmed", "confirmed"]
    sent = [one for one in terminal.sent() if one["id"] == record]
    assert [one["fields"] for one in sent] == [{"Industry": "Energy", "Name": "New"}], "one write"
    told = terminal.run("jobs", "list", "--json")
    assert told.json[0]["origin"] == "insight_form"


@pytest.mark.parametrize(
    ("sets", "code"),
    [
        (["industry="], "form.required"),
        (["industry=Energy", "phone=1"], "form.no_field"),
        (["industry=Media", "name=X"], "form.not_asked"),
        (["industry=Energy", f"name={'x' * 300}\x00"], "value.not_text"),
    ],
)
def test_one_refused_value_keeps_the_whole_form_back(
    terminal: Terminal, form: str, sets: list[str], code: str
) -> None:
    record = terminal.record()
    asked = [word for one in sets for word in ("--set", one)]
    told = terminal.run("edit", record, "--form", form, *asked, "--json")
    assert told.code == 4, told
    assert code in [one["reason"]["code"] for one in told.json["edits"]]
    assert drafts(terminal, record) == []


def test_what_is_shown_can_be_saved_again(terminal: Terminal, form: str) -> None:
    shown = terminal.run("forms", "show", form)
    assert terminal.run("forms", "save", terminal.file("again.json", shown.out)).code == 0
    assert terminal.run("forms", "show", form).out == shown.out


def test_only_published_forms_can_be_filled(terminal: Terminal, form: str) -> None:
    record = terminal.record()
    assert terminal.run("forms", "publish", form, "--off").code == 0
    told = terminal.run("edit", record, "--form", form, "--set", "industry=Energy")
    assert (told.code, "is not published" in told.err) == (2, True)
    assert drafts(terminal, record) == []


def test_a_task_is_listed_completed_and_reopened(terminal: Terminal, form: str) -> None:
    record = terminal.record()
    made = terminal.run(
        "tasks", "add", record, "Ask for the line of business", "--form", form, "--due", "2026-12-01",
        "--assignee", "ana", "--json",
    )  # fmt: skip
    assert made.code == 0, made
    number = str(made.json["number"])
    assert [one["number"] for one in terminal.run("tasks", "list", "--assignee", "Ana", "--json").json] == [1]
    assert terminal.run("tasks", "list", "--due", "2026-11-30", "--json").json == []

    complete = ("tasks", "complete", number, "--json")
    refused = terminal.run(*complete, "--set", "industry=", "--notes", "They called")
    assert (refused.code, refused.json["task"]["state"]) == (4, "open")
    assert refused.json["task"]["notes"] == "They called", "a refusal loses no notes"

    done = terminal.run(*complete, "--set", "industry=Media", "--send")
    assert (done.code, done.json["task"]["state"], done.json["task"]["notes"]) == (0, "done", "They called")
    assert [one["fields"] for one in terminal.sent() if one["id"] == record] == [{"Industry": "Media"}]
    assert terminal.run("jobs", "list", "--json").json[0]["origin"] == "task"

    assert terminal.run("tasks", "complete", number).code == 2, "it is done"
    assert terminal.run("forms", "delete", form).code == 0
    assert terminal.run("tasks", "reopen", number, "--json").json["state"] == "open"
    assert terminal.run("tasks", "complete", number, "--without-writing").code == 0


def test_what_is_missing_is_said(terminal: Terminal, form: str) -> None:
    record = terminal.record()
    for line in (
        ("tasks", "complete", "7"),
        ("tasks", "add", record, " "),
        ("tasks", "add", record, "x", "--form", "Nothing"),
        ("tasks", "add", "nobody", "x"),
        ("forms", "save", terminal.file("bad.json", '{"name": "x", "sections": [{"fields": [{}]}]}')),
        ("edit", record, "--form", "Nothing", "--set", "industry=Energy"),
    ):
        told = terminal.run(*line)
        assert (told.code, bool(told.err)) == (2, True), (line, told)
    made = terminal.run("tasks", "add", record, "x", "--form", form, "--json")
    assert terminal.run("forms", "delete", form).code == 2, "an open task asks for it"
    assert made.json["form"] == form

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


def test_a_form_is_for_those_it_names(terminal: Terminal, form: str) -> None:
    record = terminal.record()
    mine = terminal.run("forms", "uses", form, "--json").json["used_by"]
    assert mine == ["everybody"]
    for limited, code in (({"people": ["somebody else"]}, 7), ({"levels": ["viewer"]}, 0)):
        path = terminal.file("limited.json", json.dumps(FORM | limited))
        assert terminal.run("forms", "save", path).code == 0
        told = terminal.run("edit", record, "--form", form, "--set", "industry=Energy", "--json")
        assert told.code == code, "without levels nobody is kept out by one"
    assert terminal.run("forms", "show", form).json["levels"] == ["viewer"]
    made = terminal.run("tasks", "add", record, "x", "--form", form, "--json").json["number"]
    path = terminal.file("limited.json", json.dumps(FORM | {"people": ["somebody else"]}))
    assert terminal.run("forms", "save", path).code == 0
    told = terminal.run("tasks", "complete", str(made), "--set", "industry=Media", "--notes", "kept")
    assert (told.code, "form.not_for_you" in told.err) == (7, True)
    assert terminal.run("tasks", "show", str(made), "--json").json["notes"] == "kept"
    assert terminal.run("forms", "uses", form, "--json").json["tasks"] == [{"number": made, "title": "x"}]


def test_a_form_is_tested_copied_and_unpublished_ones_are_reached_from_nowhere(
    terminal: Terminal, form: str
) -> None:
    record = terminal.record()
    assert terminal.run("forms", "copy", form, "Another").code == 0
    assert terminal.run("forms", "copy", form, "ANOTHER").code == 2
    tested = terminal.run("forms", "test", "Another", record, "--set", "industry=Media", "--json")
    assert (tested.code, [one["state"] for one in tested.json["edits"]]) == (0, ["draft"])
    refused = terminal.run("forms", "test", "Another", record, "--set", "industry=", "--json")
    assert (refused.code, refused.json["edits"][0]["reason"]["code"]) == (4, "form.required")
    assert drafts(terminal, record) == [], "a test keeps nothing"
    for line in (
        ("edit", record, "--form", "Another", "--set", "industry=Media"),
        ("tasks", "add", record, "x", "--form", "Another"),
    ):
        told = terminal.run(*line)
        assert (told.code, "form.not_published" in told.err) == (2, True)


def test_a_field_that_left_the_data_model_is_left_out(terminal: Terminal) -> None:
    record = terminal.record()
    assert terminal.run("attributes", "add", "leaving", "--type", "text").code == 0
    fields = [{"attribute": "leaving", "required": True}, {"attribute": "industry", "when": ["leaving", "x"]}]
    made = {"name": "Old", "published": True, "sections": [{"fields": fields}]}
    assert terminal.run("forms", "save", terminal.file("old.json", json.dumps(made))).code == 0
    assert "form Old names it" in terminal.run("attributes", "delete", "leaving").out
    assert terminal.run("attributes", "delete", "leaving", "--yes", "--json").json["forms"] == ["Old"]
    told = terminal.run("edit", record, "--form", "Old", "--set", "industry=Media", "--json")
    assert (told.code, [one["attribute"] for one in told.json["edits"]]) == (0, ["industry"])


def test_tasks_that_ask_alike_are_completed_together_and_a_refusal_keeps_its_own_open(
    terminal: Terminal, form: str
) -> None:
    records = [terminal.record(), terminal.record()]
    numbers = [
        str(terminal.run("tasks", "add", one, "Call", "--form", form, "--json").json["number"])
        for one in records
    ]
    other = str(terminal.run("tasks", "add", records[0], "Write", "--json").json["number"])
    told = terminal.run("tasks", "complete", *numbers, other, "--set", "industry=Media")
    assert (told.code, "task.unlike" in told.err) == (2, True)
    assert terminal.run("edit", records[1], "industry=Energy", "--send").code == 0
    done = terminal.run("tasks", "complete", *numbers, "--set", "industry=Media", "--send", "--json")
    assert (done.code, [one["task"]["state"] for one in done.json["tasks"]]) == (0, ["done", "done"])
    written = [
        one for one in terminal.sent() if one["id"] in records and one["fields"] == {"Industry": "Media"}
    ]
    assert {one["id"] for one in written} == set(records)
    jobs = terminal.run("jobs", "list", "--json").json
    assert (jobs[0]["origin"], jobs[0]["rows"]) == ("task", 2), "one job for all of them"


def test_reopening_tells_what_completing_wrote_and_takes_drafts_back(terminal: Terminal, form: str) -> None:
    record = terminal.record()
    number = str(terminal.run("tasks", "add", record, "Ask", "--form", form, "--json").json["number"])
    complete = ("tasks", "complete", number, "--set", "industry=Media")
    assert terminal.run(*complete).code == 0
    assert terminal.run("tasks", "show", number, "--json").json["wrote"] == {
        "waiting": ["industry"],
        "jobs": [],
    }
    opened = terminal.run("tasks", "reopen", number, "--take-back", "--json").json
    assert (opened["state"], opened["wrote"]) == ("open", {"waiting": [], "jobs": []})
    assert terminal.run(*complete, "--send").code == 0
    opened = terminal.run("tasks", "reopen", number, "--json").json
    (job,) = opened["wrote"]["jobs"]
    assert (job["connection"], job["outcomes"]) == ("acme", {"industry": "applied"})
    assert terminal.run("jobs", "undo", str(job["job"]), "--yes").code == 0


def test_a_task_is_completed_while_its_crm_is_away(terminal: Terminal, form: str) -> None:
    record = terminal.record()
    number = str(terminal.run("tasks", "add", record, "Ask", "--form", form, "--json").json["number"])
    terminal.arm("status", status=503, times=50)
    told = terminal.run("tasks", "complete", number, "--set", "industry=Media", "--send", "--json")
    terminal.crm.crm.faults.disarm()
    assert (told.code, told.json["task"]["state"]) == (75, "done"), told
    assert [one["state"] for one in told.json["edits"]] == ["draft"]
    assert drafts(terminal, record) == ["industry"], "it waits to be sent"

"""`writeback jobs undo`: by record, by field, everywhere; what it leaves is said."""

import pytest

from tests.integration.cli.terminal import Terminal
from tests.integration.cli.test_several_crms import Desk, desk, first_record  # noqa: F401  a fixture


def test_only_what_is_named_is_put_back(terminal: Terminal) -> None:
    one, other = terminal.record(), terminal.record()
    before = terminal.row(one)["industry"]
    rows = [f"{one},Media,A", f"{other},Media,B"]
    terminal.push(terminal.file("a.csv", "Id,Industry,Description", *rows))
    told = terminal.run(
        *("jobs", "undo", "1", "--record", one, "--field", "Industry", "--reason", "oops", "--yes", "--json")
    )
    assert (told.code, told.json["applied"], told.json["rows"]) == (0, 1, 1)
    assert [one["code"] for one in told.json["remarks"]] == ["undo.limits"]
    assert terminal.sent()[-1]["fields"] == {"Industry": before}
    assert terminal.row(other)["industry"] == "Media"
    assert terminal.run("jobs", "show", "2", "--json").json["reason"] == "oops"


def test_names_that_the_job_does_not_know_are_refused(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.run("edit", record, "industry=Media", "--send")
    for more in (("--record", terminal.record()), ("--field", "Website")):
        told = terminal.run("jobs", "undo", "1", *more, "--yes")
        assert (told.code, "job 1" in told.err.casefold()) == (2, True), told
    assert len(terminal.sent()) == 1


def test_a_field_that_changed_since_keeps_the_others_from_nothing(terminal: Terminal) -> None:
    record = terminal.record()
    before = terminal.row(record)["industry"]
    terminal.push(terminal.file("a.csv", "Id,Industry,Description", f"{record},Media,mine"))
    terminal.crm.crm.edit("Account", record, {"Description": "theirs"})
    told = terminal.run("jobs", "undo", "1", "--yes", "--json")
    assert (told.code, told.json["applied"], told.json["conflict"]) == (5, 1, 1)
    assert terminal.sent()[-1]["fields"] == {"Industry": before}
    left = terminal.run("jobs", "results", "2", "--outcome", "conflict", "--json").json
    assert [(row["record_id"], row["fields"]) for row in left] == [(record, "Description")]


def test_an_act_in_several_crms_is_undone_in_one_or_everywhere(desk: Desk) -> None:  # noqa: F811
    record = first_record(desk)
    before = dict(desk.show(record))["values"]["notes"]  # type: ignore[index]
    desk.run("edit", record, "notes=for both", "--send")
    told = desk.run("jobs", "undo", "1", "--yes", "--json")
    assert (told.code, told.json["applied"]) == (0, 1)
    assert [one["code"] for one in told.json["remarks"]] == ["undo.other_crms", "undo.limits"]
    assert "south" in told.json["remarks"][0]["message"]
    states = [one["value"] for one in dict(desk.show(record))["targets"]["notes"]]  # type: ignore[index]
    assert states == [before, "for both"]
    told = desk.run("jobs", "undo", "1", "--everywhere", "--yes", "--json")
    assert (told.code, told.json["applied"], told.json["unchanged"]) == (0, 1, 1)
    states = [one["value"] for one in dict(desk.show(record))["targets"]["notes"]]  # type: ignore[index]
    assert states == [before, before]
    assert {desk.run("jobs", "show", job, "--json").json["undo_of"] for job in told.json["jobs"]} == {
        desk.run("jobs", "show", number, "--json").json["job"] for number in ("1", "2")
    }


@pytest.mark.parametrize(("who", "verdict"), [("ben", "conflict"), ("ana", "send")])
def test_an_edit_that_lies_here_meets_an_undo(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, who: str, verdict: str
) -> None:
    """Who typed before saw nothing of what somebody else put back; one knows what one put back oneself."""
    record, plan = terminal.record(), terminal.folder / "plan.json"
    before = terminal.row(record)["industry"]
    monkeypatch.setenv("LOGNAME", "ana")
    terminal.run("edit", record, "industry=Media")
    assert terminal.run("plan", "--out", str(plan)).code == 0
    assert terminal.run("send", str(plan), "--yes").code == 0
    terminal.run("edit", record, "industry=Retail")
    monkeypatch.setenv("LOGNAME", who)
    assert terminal.run("jobs", "undo", "1", "--yes").code == 0
    monkeypatch.setenv("LOGNAME", "ana")
    told = terminal.run("plan", "--json").json
    shown = [(row["theirs"], row["yours"], row["verdict"]) for row in told["rows"]]
    assert shown == [(before or "", "Retail", verdict)]

"""`writeback retention`: the history goes after a while, or for one record; the audit trail stays whole."""

from datetime import timedelta

from tests.integration.cli.terminal import Terminal
from tests.integration.cli.test_history import history
from writeback.cli.opening import new_act, utc_now
from writeback.store import audit, exchanges, forgetting
from writeback.store.workspace import Workspace


def test_the_days_are_shown_and_set(terminal: Terminal) -> None:
    assert terminal.run("retention", "show", "--json").json == {"history_days": 730}
    assert terminal.run("retention", "set", "30", "--json").json == {"history_days": 30}
    assert terminal.run("retention", "show", "--json").json == {"history_days": 30}
    assert terminal.run("retention", "set", "40000").code == 2


def test_what_is_older_is_told_no_more_and_dropped_by_a_pull(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.run("edit", record, "industry=Media", "--send")
    terminal.crm.crm.edit("Account", record, {"Industry": "Banking"})
    terminal.run("pull", "i1")
    terminal.run("retention", "set", "1")
    assert len(history(terminal, record)) == 2
    later = Workspace.open(terminal.workspace, now=lambda: utc_now() + timedelta(days=2), new_id=new_act)
    with later, later.writing() as db:
        assert forgetting.prune(db, now=later.now()) == 1
        assert forgetting.prune(db, now=later.now()) == 0
        assert audit.verify(db).is_whole
    assert [one["kind"] for one in history(terminal, record)] == ["written"]


def naming(terminal: Terminal, record: str) -> list[str]:
    """Give the kept requests that name a record, with their answers."""
    with Workspace.open(terminal.workspace, now=utc_now, new_id=new_act) as opened, opened.reading() as db:
        kept = exchanges.since(db, utc_now() - timedelta(days=1), limit=10_000)
    texts = [f"{one.url} {one.request} {one.answer}" for one in kept]
    return [text for text in texts if record in text]


def test_the_history_of_one_record_is_erased_and_the_chain_verifies(terminal: Terminal) -> None:
    record, other = terminal.record(), terminal.record()
    rows = (f"{record},Media", f"{other},Media")
    terminal.push(terminal.file("a.csv", "Id,Industry", *rows))
    terminal.run("edit", record, "industry=Retail")
    assert naming(terminal, record)
    told = terminal.run("retention", "erase", record, "--yes", "--json")
    assert (told.code, told.json["notes"], told.json["rows"]) == (0, 1, 1)
    assert history(terminal, record) == []
    assert not naming(terminal, record)
    assert len(history(terminal, other)) == 1
    mine, theirs = terminal.run("jobs", "results", "1", "--json").json
    assert (mine["record_id"], mine["outcome"], mine["old"], mine["new"]) == (record, "applied", "", "")
    assert theirs["new"] == "Media"
    assert terminal.row(record)["industry"] == "Media"
    assert terminal.run("doctor").code == 0
    opened = Workspace.open(terminal.workspace, now=utc_now, new_id=new_act)
    with opened, opened.reading() as db:
        assert audit.verify(db).is_whole
        last = audit.entries(db, limit=1_000)[-1]
        assert last.act == "history.erased"
        assert record not in str(last.body)
    undone = terminal.run("jobs", "undo", "1", "--yes", "--json")
    assert (undone.json["rows"], undone.json["applied"]) == (1, 1)


def test_erasing_asks_first(terminal: Terminal) -> None:
    assert terminal.run("retention", "erase", terminal.record(), "--no-input").code == 7

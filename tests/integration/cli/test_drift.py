"""A person at a terminal finds what changed in the CRM, and settles it."""

import json

from tests.integration.cli.terminal import Terminal


def hide(terminal: Terminal, field: str) -> None:
    terminal.arm("drift", change="gone", object="Account", field=field)


def drifts(terminal: Terminal, *more: str) -> dict[str, object]:
    told = terminal.run("integrations", "drift", "i1", *more, "--json")
    assert told.code == 0, told.err
    return dict(told.json)


def lines(report: dict[str, object]) -> list[dict[str, str]]:
    found = report["drifts"]
    assert isinstance(found, list)
    return found


def test_nothing_changed(fresh: Terminal) -> None:
    assert drifts(fresh)["drifts"] == []
    assert "is as it was mapped" in fresh.run("integrations", "drift", "i1").out


def test_a_vanished_field_is_told_and_its_values_stay(fresh: Terminal) -> None:
    record = fresh.record()
    before = fresh.row(record)["industry"]
    hide(fresh, "Industry")
    pulled = fresh.run("pull", "i1", "--full", "--json")
    assert (pulled.code, pulled.json["skipped"]) == (0, ["Industry"])
    assert fresh.row(record)["industry"] == before
    (line,) = lines(drifts(fresh))
    assert (line["kind"], line["severity"], line["fix"]) == ("field_gone", "stops_pull", "drop_mapping")
    report = drifts(fresh, "--fix", "1")
    assert report["drifts"] == []
    assert fresh.row(record)["industry"] == before


def test_a_drifted_field_is_blocked_in_a_plan_and_the_others_go(fresh: Terminal) -> None:
    first, second = fresh.record(), fresh.record()
    fresh.run("edit", first, "name=Changed")
    fresh.run("edit", second, "industry=Media")
    fresh.arm("drift", change="locked", object="Account", field="Industry")
    assert lines(drifts(fresh))[0]["kind"] == "field_read_only"
    saved = str(fresh.folder / "plan.json")
    fresh.run("plan", "--pending", "--out", saved, "--json")
    told = fresh.run("send", saved, "--yes", "--json")
    assert told.json["applied"] == 1, told.err
    assert told.json["blocked"] == 1
    assert [one["id"] for one in fresh.sent()] == [first]
    assert drifts(fresh, "--fix", "1")["drifts"] == []
    mapped = fresh.run("integrations", "list", "--json").json
    assert '"write_back": false' in json.dumps(mapped)


def test_a_number_that_is_none_is_refused(fresh: Terminal) -> None:
    assert fresh.run("integrations", "drift", "i1", "--fix", "3").code == 2

"""Property history: who gave which value when, cut at the version, honest about what was forgotten."""

from datetime import UTC, datetime

import pytest

from writeback.errors import ContractBrokenError
from writeback.model.types import AttributeType
from writeback.sdk.capabilities import History, ValueWritten
from writeback_hubspot.limits import HISTORY_KEPT, HISTORY_ROWS
from writeback_hubspot.wire import histories

BASE = "2026-11-27T13:00:00.000Z"
KINDS = {"name": AttributeType.TEXT, "numberofemployees": AttributeType.INTEGER}


def version(value: object, minute: int, **facts: object) -> dict[str, object]:
    told = {"value": value, "timestamp": f"2026-11-27T13:{minute:02}:00.000Z", "sourceType": "INTEGRATION"}
    return {**told, **facts}


def answer(key: str = "7", **told: object) -> dict[str, object]:
    return {"results": [{"id": key, "properties": {}, "propertiesWithHistory": told}]}


def parse(body: dict[str, object], since: str | None = BASE, **emails: str) -> dict[str, History]:
    known = {key.removeprefix("u"): email for key, email in emails.items()}
    return histories.parse_history(body, {"7": since}, kinds=KINDS, emails=known)


def at(minute: int) -> datetime:
    return datetime(2026, 11, 27, 13, minute, tzinfo=UTC)


def test_a_read_with_history_names_no_plain_property_and_at_most_fifty_records() -> None:
    assert histories.prepare_history(["1", "2"], KINDS) == {
        "properties": [],
        "propertiesWithHistory": ["name", "numberofemployees"],
        "inputs": [{"id": "1"}, {"id": "2"}],
    }
    assert HISTORY_ROWS == 50
    with pytest.raises(ContractBrokenError):
        histories.prepare_history([str(number) for number in range(1, 52)], KINDS)


def test_values_after_the_version_come_oldest_first_with_their_writers() -> None:
    person = {"sourceType": "CRM_UI", "sourceId": "userId:5", "updatedByUserId": 5}
    body = answer(
        name=[version("Theirs", 3, **person), version("Ours", 1, sourceId="77"), version("Old", 0)],
        numberofemployees=[version("12", 2, sourceType="IMPORT")],
    )
    told = parse(body, u5="ana@acme.test")["7"]
    assert told.is_whole
    assert told.written == (
        ValueWritten("name", "Ours", at(1), "INTEGRATION 77"),
        ValueWritten("numberofemployees", 12, at(2), "IMPORT", is_foreign=True),
        ValueWritten("name", "Theirs", at(3), "ana@acme.test (CRM_UI)", is_foreign=True),
    )
    assert histories.parse_users(body) == {"5"}


def test_without_a_version_everything_known_is_told() -> None:
    body = answer(name=[version("New", 1), version("Old", 0)])
    assert [one.value for one in parse(body, since=None)["7"].written] == ["Old", "New"]


def test_a_cleared_value_is_nothing() -> None:
    assert [one.value for one in parse(answer(name=[version("", 1)]))["7"].written] == [None]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"updatedByUserId": 5, "sourceType": "CRM_UI"}, "ana@acme.test (CRM_UI)"),
        ({"updatedByUserId": 6, "sourceType": "CRM_UI"}, "user 6 (CRM_UI)"),
        ({"updatedByUserId": 5, "sourceType": ""}, "ana@acme.test"),
        ({"sourceType": "AUTOMATION_PLATFORM", "sourceLabel": "Flow <b>9</b>"}, "Flow <b>9</b>"),
        ({"sourceType": "INTEGRATION", "sourceId": "77"}, "INTEGRATION 77"),
        ({}, ""),
    ],
)
def test_a_writer_is_named_as_hubspot_names_it(facts: dict[str, object], words: str) -> None:
    assert histories.author_of(facts, {"5": "ana@acme.test"}) == words


def test_a_long_history_is_whole_only_where_it_reaches_back_to_the_version() -> None:
    many = [version(f"v{number}", number) for number in range(HISTORY_KEPT, 0, -1)]
    assert not parse(answer(name=many))["7"].is_whole
    reaching = parse(answer(name=[*many[1:], version("Old", 0)]))["7"]
    assert (reaching.is_whole, len(reaching.written)) == (True, HISTORY_KEPT - 1)


def test_within_one_millisecond_the_order_of_the_answer_counts() -> None:
    told = parse(answer(name=[version("Theirs", 1), version("Ours", 1)]))["7"]
    assert [one.value for one in told.written] == ["Ours", "Theirs"]


def test_a_moment_within_the_versions_millisecond_is_not_after_it() -> None:
    assert parse(answer(name=[version("Old", 0, timestamp="2026-11-27T13:00:00.000600Z")]))["7"].written == ()


@pytest.mark.parametrize(
    "unreadable", [version("many", 1), version("3", 1, timestamp="soon"), version("3", 1, timestamp=None)]
)
def test_a_value_that_cannot_be_read_makes_nothing_whole(unreadable: dict[str, object]) -> None:
    told = parse(answer(numberofemployees=[unreadable, version("2", 2)]))["7"]
    assert (told.is_whole, [one.value for one in told.written]) == (False, [2])


def test_a_merged_record_is_not_the_one_asked_for() -> None:
    assert parse(answer("8", name=[version("x", 1)])) == {}
    assert parse({"results": [{"id": "7"}]})["7"].written == ()

"""Pages beyond the first, of which a small account has none; and what a long pull forgets."""

from collections import abc
from typing import cast

import pytest
from plugins.hubspot.tests.making import described, record
from plugins.hubspot.tests.talking import Talk

from writeback.sdk.connector import ReadQuery
from writeback_hubspot.session.calls import Calls
from writeback_hubspot.session.following import Following
from writeback_hubspot.session.people import People
from writeback_hubspot.wire.answers import Json
from writeback_hubspot.wire.describes import COMPANY_FIELD
from writeback_hubspot.wire.selections import select


class Scripted:
    """Answers reads one after the other, whatever is asked."""

    def __init__(self, *answers: Json) -> None:
        self._answers = iter(answers)

    def read(self, _ask: object, *, is_posted: bool = False) -> Json:
        return next(self._answers)

    def monotonic(self) -> float:
        return 0.0


def scripted(*answers: Json) -> Calls:
    return cast("Calls", Scripted(*answers))


def page(rows: abc.Sequence[Json], after: str | None = None) -> Json:
    return {"results": rows} | ({} if after is None else {"paging": {"next": {"after": after}}})


def test_owners_come_page_by_page_the_living_first() -> None:
    people = People(
        scripted(
            page([{"id": "1"}], after="2"),
            page([{"id": "2"}]),
            page([{"id": "1", "archived": True}, {"id": "3", "archived": True}]),
        )
    )
    assert [(owner.id, owner.is_active) for owner in people.every()] == [
        ("1", True),
        ("2", True),
        ("3", False),
    ]


def test_a_record_with_more_associations_than_a_page_holds_keeps_its_primary_one() -> None:
    plain = {"toObjectId": 7, "associationTypes": [{"typeId": 279}]}
    primary = {"toObjectId": 8, "associationTypes": [{"typeId": 279}, {"typeId": 1}]}
    first = {"from": {"id": "1"}, "to": [plain], "paging": {"next": {"after": "1"}}}
    calls = scripted(
        page([first, {"from": {"id": "2"}, "to": [plain]}]), page([{"from": {"id": "1"}, "to": [primary]}])
    )
    following = Following(calls, People(calls))
    selection = select("contacts", (COMPANY_FIELD,), described)
    rows = following.rows(selection, [record("1"), record("2"), record("3")])
    assert [row[2] for row in rows] == [("8",), ("7",), (None,)]


def test_a_pull_that_reaches_many_records_forgets_some_and_reads_them_again(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = ReadQuery("contacts", ("company.name", "company.owner.email"))
    whole = [row for some in talk.session.read(query) for row in some.rows]
    monkeypatch.setattr("writeback_hubspot.session.following.LINKED_KEPT", 1)
    monkeypatch.setattr("writeback_hubspot.session.reading.LIST_ROWS", 10)
    assert [row for some in talk.session.read(query) for row in some.rows] == whole

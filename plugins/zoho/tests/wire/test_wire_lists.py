"""List reads: what is asked, where pages end, which deletions count."""

from datetime import UTC, datetime

import pytest
from plugins.zoho.tests.making import record_id, rows

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback_zoho.wire import lists
from writeback_zoho.wire.answers import Answer
from writeback_zoho.wire.lists import Place

SINCE = datetime(2026, 1, 15, 10, tzinfo=UTC)


def test_a_page_names_its_fields_and_goes_by_id() -> None:
    path, parameters = lists.prepare_page("Leads", ["Company", "Modified_Time"], Place())
    assert path == "Leads"
    assert parameters == {
        "fields": "Company,Modified_Time",
        "per_page": "200",
        "sort_by": "id",
        "sort_order": "asc",
        "page": "1",
    }


def test_a_token_takes_the_place_of_the_page_and_all_else_stays_the_same() -> None:
    _, by_page = lists.prepare_page("Leads", ["Company"], Place())
    _, by_token = lists.prepare_page("Leads", ["Company"], Place(12, "abc"))
    assert by_token == {**{k: v for k, v in by_page.items() if k != "page"}, "page_token": "abc"}


@pytest.mark.parametrize("answer", [Answer(204), Answer(304)])
def test_no_rows_is_an_answer_without_a_body(answer: Answer) -> None:
    assert lists.parse_page(answer, Place()) == ([], None)
    assert lists.by_id(answer) == {}
    assert lists.parse_deleted(answer, since=SINCE) == ((), False)
    assert lists.parse_count(answer) == 0


def test_the_next_page_is_where_zoho_says() -> None:
    assert lists.parse_page(rows({"id": "1"}), Place())[1] is None
    assert lists.parse_page(rows({"id": "1"}, more=True), Place(3))[1] == Place(4)
    assert lists.parse_page(rows({"id": "1"}, more=True, token="t"), Place(3))[1] == Place(4, "t")
    with pytest.raises(InvalidRequestError):
        lists.parse_page(Answer(200, {"data": {}}), Place())


def test_pages_without_a_token_end_at_two_thousand_rows() -> None:
    assert not lists.is_past_pages(Place(10))
    assert lists.is_past_pages(Place(11))
    assert not lists.is_past_pages(Place(11, "t"))


def test_fields_are_cut_into_groups_of_fifty() -> None:
    names = [f"F{number}" for number in range(101)]
    assert [len(group) for group in lists.field_chunks(names)] == [50, 50, 1]
    assert [len(group) for group in lists.field_chunks(names, room=47)] == [47, 50, 4]
    assert lists.field_chunks(["a"]) == [("a",)]


def test_since_travels_as_a_header_with_an_offset() -> None:
    assert lists.since_header(SINCE) == {"If-Modified-Since": "2026-01-15T10:00:00+00:00"}
    assert lists.since_header(None) == {}


def test_records_by_id_are_asked_for_a_hundred_at_a_time() -> None:
    ids = lists.known_ids([*(record_id(number) for number in range(101)), record_id(0), "nonsense", ""])
    assert [len(some) for some in lists.id_chunks(ids)] == [100, 1]
    path, parameters = lists.prepare_by_ids("Leads", ["Company"], ids[:2])
    assert (path, parameters["ids"]) == ("Leads", f"{record_id(0)},{record_id(1)}")
    with pytest.raises(ContractBrokenError):
        lists.prepare_by_ids("Leads", ["Company"], ["1,2"])


def test_records_are_known_by_their_id_whatever_its_type() -> None:
    found = lists.by_id(rows({"id": 554023000000527002, "a": 1}, {"a": 2}))
    assert list(found) == ["554023000000527002"]


def test_only_young_deletions_count_and_one_without_a_moment() -> None:
    assert lists.prepare_deleted("Leads", 2) == (
        "Leads/deleted",
        {"type": "all", "page": "2", "per_page": "200"},
    )
    told = [
        {"id": "1", "deleted_time": "2026-01-15T15:30:00+05:30"},
        {"id": "2", "deleted_time": "2026-01-15T15:29:59+05:30"},
        {"id": "3"},
        {"deleted_time": "2026-01-16T00:00:00+00:00"},
    ]
    assert lists.parse_deleted(rows(*told, more=True), since=SINCE) == (("1", "3"), True)
    assert lists.parse_deleted(rows(more=True), since=SINCE) == ((), False)


def test_a_count_is_a_number() -> None:
    assert lists.prepare_count("Leads") == ("Leads/actions/count", {})
    assert lists.parse_count(Answer(200, {"count": 7})) == 7
    assert lists.parse_count(Answer(200, {"count": "7"})) == 7
    with pytest.raises(InvalidRequestError):
        lists.parse_count(Answer(200, {}))
    with pytest.raises(InvalidRequestError):
        lists.parse_count(Answer(200, []))

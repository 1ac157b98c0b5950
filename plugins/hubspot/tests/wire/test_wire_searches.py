"""Searches without an end: page by page behind the last id, within HubSpot's limits."""

import json

import pytest
from plugins.hubspot.tests.making import record

from writeback.errors import InvalidRequestError
from writeback_hubspot.limits import SEARCH_BODY
from writeback_hubspot.wire import searches
from writeback_hubspot.wire.searches import Search

ONE = {"propertyName": "name", "operator": "EQ", "value": "x"}


def test_a_page_asks_for_what_lies_behind_the_last_id_in_every_group() -> None:
    search = Search(("name",), ((ONE,), (ONE, ONE)))
    assert searches.prepare_page(search, last=None) == {
        "filterGroups": [{"filters": [ONE]}, {"filters": [ONE, ONE]}],
        "sorts": [{"propertyName": "hs_object_id", "direction": "ASCENDING"}],
        "properties": ["name"],
        "limit": 200,
        "after": "0",
    }
    behind = {"propertyName": "hs_object_id", "operator": "GT", "value": "17"}
    groups = searches.prepare_page(search, last="17")["filterGroups"]
    assert groups == [{"filters": [ONE, behind]}, {"filters": [ONE, ONE, behind]}]
    assert searches.prepare_page(Search(()), last="17")["filterGroups"] == [{"filters": [behind]}]
    assert searches.prepare_count(Search(()))["limit"] == 1


def test_since_is_widened_by_the_overlap() -> None:
    found = searches.changed_since("lastmodifieddate", "2026-01-01T00:05:00.000Z")
    assert found == {"propertyName": "lastmodifieddate", "operator": "GTE", "value": "1767225600000"}
    assert searches.holds("x") == {"propertyName": "x", "operator": "HAS_PROPERTY"}


def test_text_is_looked_up_in_small_letters_options_as_they_are() -> None:
    assert searches.one_of("name", ("Acme", "ACME", "b"), is_text=True)["values"] == ["acme", "b"]
    assert searches.one_of("industry", ("TECH",), is_text=False)["values"] == ["TECH"]


@pytest.mark.parametrize("text", ["", "  "])
def test_no_filter_means_all_records(text: str) -> None:
    assert searches.parse_filter(text) == ()


def test_a_filter_is_read_with_or_without_its_key() -> None:
    groups = [{"filters": [ONE]}]
    assert searches.parse_filter(json.dumps(groups)) == ((ONE,),)
    assert searches.parse_filter(json.dumps({"filterGroups": groups})) == ((ONE,),)


@pytest.mark.parametrize(
    "text",
    [
        "name = x",
        "[]",
        "{}",
        "5",
        '["x"]',
        '[{"filters": []}]',
        '[{"filters": [{"operator": "EQ"}]}]',
        "[{}]",
    ],
)
def test_what_is_no_filter_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequestError, match=r"hubspot\.bad_filter"):
        searches.parse_filter(text)


@pytest.mark.parametrize(
    "groups",
    [
        ((ONE,),) * 6,
        ((ONE,) * 7,),
        ((ONE,) * 5,) * 4,
        (({**ONE, "value": "x" * SEARCH_BODY},),),
    ],
)
def test_more_than_hubspot_takes_is_refused_before_it_is_sent(groups: tuple[searches.Group, ...]) -> None:
    with pytest.raises(InvalidRequestError, match=r"hubspot\.filter_too_long"):
        searches.checked(groups)
    with pytest.raises(InvalidRequestError):
        Search((), ((ONE,) * 6,)).and_all(ONE)


def test_a_page_out_of_order_is_noticed() -> None:
    assert searches.last_of([record("2"), record("10")], last="1") == "10"
    for ids, last in ((("10", "2"), None), (("2",), "2"), (("x",), None)):
        with pytest.raises(InvalidRequestError, match=r"hubspot\.unordered_search"):
            searches.last_of([record(one) for one in ids], last=last)


def test_the_total_is_what_hubspot_counts() -> None:
    assert searches.parse_total({"total": 12345}) == 12345
    with pytest.raises(InvalidRequestError):
        searches.parse_total({})


def test_values_are_cut_so_that_a_search_stays_short() -> None:
    values = [f"value {number}" for number in range(250)] + ["y" * 1990, "z"]
    slices = list(searches.value_slices(values, most=100))
    assert [one for some in slices for one in some] == values
    assert max(len(some) for some in slices) == 100
    assert slices[-1] == ["z"] or slices[-1][-1] == "z"
    assert list(searches.value_slices([], most=5)) == []


def test_a_value_longer_than_any_search_is_found_nowhere() -> None:
    assert list(searches.value_slices(["a", "x" * 5_000, "b"], most=5)) == [["a", "b"]]
    filters = searches.one_of("name", next(searches.value_slices(["é" * 300] * 9, most=9)), is_text=True)
    assert searches.fits(Search(("hs_object_id",)).and_all(filters))

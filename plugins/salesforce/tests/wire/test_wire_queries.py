"""SOQL and rows: every value quoted, every key asked for, nothing selected twice."""

import re
from decimal import Decimal
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.salesforce.tests.making import record_id, recorded

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.types import AttributeType
from writeback.sdk.connector import ReadQuery
from writeback_salesforce.limits import URI_BYTES
from writeback_salesforce.wire import queries
from writeback_salesforce.wire.describes import parse_describe

A = AttributeType


def selection(*paths: str, object_name: str = "Account") -> queries.Selection:
    return queries.select(object_name, paths, recorded)


def soql(*paths: str, is_ordered: bool = True, **asked: object) -> str:
    query = ReadQuery("Account", paths, **asked)  # type: ignore[arg-type]  # keyword arguments of one test each
    return queries.prepare_read(selection(*paths), query, is_ordered=is_ordered)


def test_id_and_version_stand_first_and_no_field_is_selected_twice() -> None:
    assert soql("Name", "id", "NAME", "SystemModstamp", "Owner.Email") == (
        "SELECT Id, SystemModstamp, Name, Owner.Email FROM Account ORDER BY SystemModstamp, Id"
    )


def test_filter_since_and_limit_are_put_together_with_an_overlap() -> None:
    asked = soql("Name", filter="Industry = 'A' OR Name = 'B'", since="2026-11-02T10:00:00.500Z", limit=5)
    assert "WHERE (Industry = 'A' OR Name = 'B') AND SystemModstamp > 2026-11-02T09:55:00+00:00" in asked
    assert asked.endswith("ORDER BY SystemModstamp, Id LIMIT 5")


def test_a_bulk_query_asks_for_no_order() -> None:
    assert "ORDER" not in soql("Name", is_ordered=False)


def test_an_object_without_a_version_is_read_whole() -> None:
    told = [{"name": "Id", "label": "Id", "type": "id"}]
    plain = parse_describe({"name": "Plain", "label": "P", "fields": told})
    chosen = queries.select("Plain", ("Id",), lambda _name: plain)
    asked = queries.prepare_read(chosen, ReadQuery("Plain", ("Id",), since="2026-11-02T10:00:00.000Z"))
    assert asked == "SELECT Id FROM Plain ORDER BY Id"
    assert queries.parse_records([{"Id": "x"}], chosen) == [("x", None, ("x",))]


def test_counting_and_deletes_ask_for_nothing_else() -> None:
    assert queries.prepare_count("Account", "") == "SELECT COUNT() FROM Account"
    assert queries.prepare_count("Account", "Name = 'x'") == "SELECT COUNT() FROM Account WHERE (Name = 'x')"
    assert queries.prepare_deletes("Account", "2026-11-02T10:00:00.000Z") == (
        "SELECT Id FROM Account WHERE IsDeleted = true AND SystemModstamp > 2026-11-02T09:55:00+00:00"
    )


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=400))
def test_every_key_is_asked_for_once_in_addresses_of_bounded_length(keys: list[str]) -> None:
    chosen = selection("Name")
    asked = list(queries.prepare_keys(chosen, "Name", A.TEXT, keys))
    assert all(len(quote_plus(query)) <= URI_BYTES for query in asked)
    literals = [
        literal
        for query in asked
        for literal in re.findall(r"'((?:[^'\\]|\\.)*)'", query[query.index(" IN (") :], re.DOTALL)
    ]
    undone = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
    plain = [
        re.sub(r"\\(.)", lambda m: undone.get(m[1], m[1]), literal, flags=re.DOTALL) for literal in literals
    ]
    assert plain == list(dict.fromkeys(keys))


def test_a_thousand_ids_take_several_addresses_and_no_key_takes_none() -> None:
    ids = [record_id(n) for n in range(1000)]
    asked = list(queries.prepare_keys(selection("Name"), "Id", A.TEXT, ids))
    assert len(asked) == 3
    assert [i for query in asked for i in re.findall(r"'(\w+)'", query)] == ids
    assert list(queries.prepare_keys(selection("Name"), "Id", A.TEXT, [])) == []


def test_a_key_can_not_break_out_of_its_quotes() -> None:
    (asked,) = queries.prepare_keys(selection("Name"), "Name", A.TEXT, ["x') OR (Name != '"])
    assert asked.endswith("WHERE Name IN ('x\\') OR (Name != \\'')")


def test_numbers_are_asked_for_as_numbers() -> None:
    usable = queries.usable_keys(["5", "x", "1e2", "", "NaN"], A.NUMBER)
    (asked,) = queries.prepare_keys(selection("Name"), "NumberOfEmployees", A.NUMBER, usable)
    assert asked.endswith("NumberOfEmployees IN (5,100)")
    with pytest.raises(ContractBrokenError):
        list(queries.prepare_keys(selection("Name"), "IsDeleted", A.BOOLEAN, ["true"]))


def test_ids_of_another_object_and_no_ids_are_not_asked_for() -> None:
    keys = [record_id(1), record_id(1)[:15], record_id(2, "003"), "x", ""]
    assert queries.known_ids(keys, "001") == (record_id(1),)


def test_a_retrieve_asks_for_two_thousand_ids_at_most() -> None:
    bodies = list(queries.prepare_retrieve(selection("Name"), [record_id(n) for n in range(4500)]))
    assert [len(body["ids"]) for body in bodies] == [2000, 2000, 500]  # type: ignore[arg-type]  # lists, as made above
    assert bodies[0]["fields"] == ["Id", "SystemModstamp", "Name"]


def test_rows_follow_the_paths_as_asked_and_a_missing_parent_is_nothing() -> None:
    chosen = selection("Owner.Email", "AnnualRevenue", "id", "Owner.Email")
    records = [
        {
            "Id": record_id(1),
            "SystemModstamp": "2026-11-02T10:00:00.000+0000",
            "Owner": {"attributes": {}, "Email": "a@example.com"},
            "AnnualRevenue": Decimal("1.10"),
        },
        None,
        {
            "Id": record_id(2),
            "SystemModstamp": "2026-11-02T10:00:00.000+0000",
            "Owner": None,
            "AnnualRevenue": None,
        },
    ]
    version = "2026-11-02T10:00:00.000Z"
    assert queries.parse_records(records, chosen) == [
        (record_id(1), version, ("a@example.com", Decimal("1.10"), record_id(1), "a@example.com")),
        (record_id(2), version, (None, None, record_id(2), None)),
    ]
    assert chosen.has_hops
    assert queries.parse_records(records[:1], chosen, by="AnnualRevenue")[0][2][0] == Decimal("1.10")


def test_an_answer_without_records_is_refused() -> None:
    with pytest.raises(InvalidRequestError):
        queries.parse_records({"no": "records"}, selection("Name"))


def test_the_next_page_is_followed_inside_the_data_api_only() -> None:
    assert queries.next_page({"done": True}) is None
    address = "/services/data/v67.0/query/01g-2000"
    assert queries.next_page({"done": False, "nextRecordsUrl": address}) == address
    for hostile in ("@evil.example/x", "https://evil.example", "", None):
        with pytest.raises(InvalidRequestError):
            queries.next_page({"done": False, "nextRecordsUrl": hostile})

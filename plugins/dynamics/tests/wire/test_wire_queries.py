"""Queries: every address is made of checked parts, every row read as its columns say."""

from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
from plugins.dynamics.tests.making import described, record_id, tables

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.sdk.values import FieldInfo
from writeback_dynamics.limits import ADDRESS_BYTES, KEYS_A_QUERY
from writeback_dynamics.wire.queries import (
    Selection,
    below_root,
    conditions_for,
    conditions_of_ids,
    modified_since,
    moment_of,
    next_address,
    parse_rows,
    prepare_ids,
    prepare_read,
    select,
)


def selection(*paths: str) -> Selection:
    return select("account", paths, described)


def asked(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def field(name: str, table: str = "account") -> FieldInfo:
    found = described(table).info.field(name)
    assert found is not None
    return found


def test_each_column_is_selected_once_and_the_key_always() -> None:
    address = prepare_read(selection("name", "Name", "primarycontactid", "ownerid.name"))
    assert address.startswith("accounts?")
    assert asked(address) == {
        "$select": "accountid,name,_primarycontactid_value",
        "$expand": "owningteam($select=name)",
    }


def test_conditions_are_joined_in_brackets_and_one_stands_as_it_was_typed() -> None:
    one = prepare_read(selection(), conditions=("", "a eq 1 or b eq 2"), top=3)
    assert asked(one) == {"$select": "accountid", "$filter": "a eq 1 or b eq 2", "$top": "3"}
    two = prepare_read(selection(), conditions=("a eq 1 or b eq 2", "c eq 3"))
    assert asked(two)["$filter"] == "(a eq 1 or b eq 2) and (c eq 3)"


def test_ids_alone_are_asked_for_with_or_without_a_count() -> None:
    assert asked(prepare_ids(tables()["account"])) == {"$select": "accountid"}
    counted = prepare_ids(tables()["account"], condition=" name ne null ", is_counted=True)
    assert asked(counted) == {"$select": "accountid", "$filter": "name ne null", "$count": "true"}


def test_a_pull_by_moment_begins_a_little_earlier() -> None:
    moment = moment_of("2026-01-01T10:05:00+00:00")
    assert modified_since(moment) == "modifiedon ge 2026-01-01T10:00:00Z"
    assert moment == datetime(2026, 1, 1, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize("token", ["", 'W/"5"', "2026-01-01T10:00:00"])
def test_a_token_that_we_never_made_is_refused(token: str) -> None:
    with pytest.raises(ContractBrokenError, match=r"dynamics\.bad_version"):
        moment_of(token)


def test_keys_become_short_conditions_without_doubles_and_without_what_cannot_be() -> None:
    assert list(conditions_for(field("numberofemployees"), ["5", " 5 ", "x", "", "7"])) == [
        "numberofemployees eq 5 or numberofemployees eq 7"
    ]
    ids = [record_id(number) for number in range(250)]
    chunks = list(conditions_for(field("accountid"), [*ids, "no id"]))
    assert [chunk.count(" eq ") for chunk in chunks] == [KEYS_A_QUERY, KEYS_A_QUERY, 50]
    long = list(conditions_for(field("name"), ["ä" * 1000 + str(number) for number in range(4)]))
    assert [chunk.count(" eq ") for chunk in long] == [1, 1, 1, 1]
    assert ADDRESS_BYTES > 6_000
    assert list(conditions_for(field("ownerid"), [ids[0].upper()])) == [f"_ownerid_value eq {ids[0]}"]
    assert list(conditions_for(field("name"), [])) == []
    assert list(conditions_of_ids(tables()["account"], [ids[0], ids[0].upper(), ids[1]])) == [
        f"accountid eq {ids[0]} or accountid eq {ids[1]}"
    ]
    with pytest.raises(ContractBrokenError):
        next(conditions_for(field("entityimage"), ["x"]))


def test_rows_are_id_etag_and_values_in_the_order_asked_for() -> None:
    row = {
        "@odata.etag": 'W/"5"',
        "accountid": record_id(1).upper(),
        "name": "Acme",
        "revenue": Decimal("5.50"),
        "industrycode": 7,
        "_primarycontactid_value": record_id(2),
        "owninguser": {"internalemailaddress": "a@b.example", "systemuserid": "x"},
    }
    asked_for = selection(
        "revenue", "name", "industrycode", "primarycontactid", "ownerid.internalemailaddress", "name"
    )
    assert parse_rows({"value": [row]}, asked_for) == [
        (
            record_id(1),
            'W/"5"',
            (Decimal("5.50"), "Acme", "7", record_id(2), "a@b.example", "Acme"),
        )
    ]
    bare = {"accountid": record_id(1), "owninguser": None}
    assert parse_rows({"value": [bare]}, asked_for) == [(record_id(1), None, (None,) * 6)]


@pytest.mark.parametrize("answer", [None, {}, {"value": [{"name": "x"}]}, {"value": [{"accountid": 5}]}])
def test_an_answer_without_rows_or_ids_is_refused(answer: object) -> None:
    with pytest.raises(InvalidRequestError, match=r"dynamics\.unreadable_answer"):
        parse_rows(answer, selection("name"))


def test_a_next_link_is_followed_unchanged_below_the_root_and_nowhere_else() -> None:
    root = "https://org.crm4.dynamics.com/api/data/v9.2/"
    tail = "accounts?$select=name&$skiptoken=%3Ccookie%20pagenumber=%222%22%20/%3E"
    assert next_address({"@odata.nextLink": root + tail}) == tail
    assert next_address({"value": []}) is None
    assert below_root("https://elsewhere.example/api/data/v9.2/accounts", "x") == "accounts"
    for link in ("https://org/other/accounts", "/api/data/v9.2/../../x", "http://[bad", ""):
        with pytest.raises(InvalidRequestError, match=r"dynamics\.unreadable_answer"):
            next_address({"@odata.nextLink": link})

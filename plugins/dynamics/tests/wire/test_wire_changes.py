"""Tokens of changes, and what a page of changes says."""

import pytest
from plugins.dynamics.tests.making import record_id, tables

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback_dynamics.wire.changes import (
    Changed,
    delta_address,
    delta_token,
    moment_since,
    moment_token,
    parse_changes,
    prepare_newest,
)

ACCOUNT, CONTACT = tables()["account"], tables()["contact"]
LINK = "https://org/api/data/v9.2/accounts?$select=accountid&$deltatoken=919042%2108%2f22"


def test_changed_rows_and_deleted_ones_are_told_apart() -> None:
    rows = [
        {"accountid": record_id(1), "@odata.etag": 'W/"1"'},
        {"accountid": record_id(2)},
        {
            "@odata.context": "https://org/api/data/v9.2/$metadata#accounts/$deletedEntity",
            "id": record_id(2).upper(),
            "reason": "deleted",
        },
    ]
    assert parse_changes({"value": rows}, ACCOUNT) == Changed((record_id(1),), (record_id(2),))


@pytest.mark.parametrize("row", [{}, {"reason": "deleted"}, {"accountid": "x"}])
def test_a_row_without_an_id_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(InvalidRequestError, match=r"dynamics\.unreadable_answer"):
        parse_changes({"value": [row]}, ACCOUNT)


def test_a_delta_link_is_a_token_of_its_own_table_only() -> None:
    token = delta_token({"@odata.deltaLink": LINK})
    assert token is not None
    assert delta_address(token, ACCOUNT) == "accounts?$select=accountid&$deltatoken=919042%2108%2f22"
    assert delta_address(token, CONTACT) is None
    assert moment_since(token) is None
    assert delta_token({}) is None
    with pytest.raises(InvalidRequestError):
        delta_token({"@odata.deltaLink": "https://org/elsewhere"})


def test_the_newest_modification_makes_the_other_token() -> None:
    assert prepare_newest(ACCOUNT) == "accounts?$select=modifiedon&$orderby=modifiedon%20desc&$top=1"
    token = moment_token({"value": [{"modifiedon": "2026-11-27T12:00:00Z"}]})
    assert token is not None
    moment = moment_since(token)
    assert moment is not None
    assert moment.isoformat() == "2026-11-27T12:00:00+00:00"
    assert delta_address(token, ACCOUNT) is None
    assert moment_token({"value": []}) is None
    assert moment_token({"value": [{}]}) is None
    with pytest.raises(ContractBrokenError):
        moment_since("modified yesterday")

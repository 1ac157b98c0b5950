"""What stands in a row's body, its condition and the headers beside it."""

import json
from decimal import Decimal

import pytest
from plugins.dynamics.tests.making import BASE, described, pointing, record_id, request, tables, write

from writeback.errors import ConfigurationError, ContractBrokenError, InvalidRequestError
from writeback.model.jobs import Route
from writeback.model.types import CLEAR, AttributeType, Wish
from writeback.sdk.connector import FieldWish, Write
from writeback_dynamics.wire.records import prepare_update
from writeback_dynamics.wire.writes import (
    body_of,
    condition,
    polymorphic_ids,
    row_address,
    steering,
    to_bytes,
)

A = AttributeType
CALLER = record_id(99)


def body(
    *wishes: tuple[str, AttributeType, Wish], table: str = "account", **targets: str
) -> dict[str, object]:
    fields = tuple(FieldWish(name, kind, wish) for name, kind, wish in wishes)
    made = body_of(Write("k", record_id(1), None, fields), described(table), pointing(**targets))
    return dict(json.loads(to_bytes(made)))


def test_only_changed_columns_travel_each_in_its_own_form() -> None:
    assert body(
        ("Name", A.TEXT, "Acme"),
        ("revenue", A.CURRENCY, Decimal("5.50")),
        ("industrycode", A.LIST, "7"),
        ("new_colors", A.MULTI_LIST, ("1", "9")),
        ("donotemail", A.BOOLEAN, False),
        ("description", A.LONG_TEXT, CLEAR),
    ) == {
        "name": "Acme",
        "revenue": 5.5,
        "industrycode": 7,
        "new_colors": "1,9",
        "donotemail": False,
        "description": None,
    }


def test_a_lookup_travels_by_the_true_navigation_property_of_its_target() -> None:
    assert body(("primarycontactid", A.TEXT, record_id(5).upper())) == {
        "primarycontactid@odata.bind": f"/contacts({record_id(5)})"
    }
    assert body(("new_customerid", A.TEXT, record_id(5)), _5="contact") == {
        "new_CustomerId_contact@odata.bind": f"/contacts({record_id(5)})"
    }
    assert body(("new_customerid", A.TEXT, record_id(5)), _5="account") == {
        "new_CustomerId_account@odata.bind": f"/accounts({record_id(5)})"
    }


def test_both_kinds_of_owner_share_one_property() -> None:
    for target, entity_set in (("systemuser", "systemusers"), ("team", "teams")):
        assert body(("ownerid", A.USER_REF, record_id(5)), _5=target) == {
            "ownerid@odata.bind": f"/{entity_set}({record_id(5)})"
        }


@pytest.mark.parametrize("nothing", [CLEAR, ""])
def test_clearing_any_property_of_a_lookup_clears_it(nothing: Wish) -> None:
    assert body(("primarycontactid", A.TEXT, nothing)) == {"primarycontactid@odata.bind": None}
    assert body(("new_customerid", A.TEXT, nothing)) == {"new_CustomerId_account@odata.bind": None}


def test_an_id_that_is_in_no_table_is_refused_before_sending() -> None:
    with pytest.raises(InvalidRequestError, match=r"dynamics\.no_such_record"):
        body(("new_customerid", A.TEXT, record_id(5)))
    with pytest.raises(InvalidRequestError, match=r"dynamics\.no_such_record"):
        body(("new_customerid", A.TEXT, record_id(5)), _5="new_gone")
    with pytest.raises(ContractBrokenError, match=r"dynamics\.bad_id"):
        body(("primarycontactid", A.TEXT, "Ann"))


def test_a_state_alone_brings_the_status_it_begins_with() -> None:
    assert body(("statecode", A.LIST, "1")) == {"statecode": 1, "statuscode": 2}
    assert body(("statecode", A.LIST, "1"), ("statuscode", A.LIST, "9")) == {"statecode": 1, "statuscode": 9}
    assert body(("statuscode", A.LIST, "1")) == {"statuscode": 1}
    assert body(("statecode", A.LIST, "5")) == {"statecode": 5}  # the server will say


@pytest.mark.parametrize("name", ["accountid", "revenue_base", "modifiedon", "new_nowhere"])
def test_what_the_server_would_ignore_is_never_sent(name: str) -> None:
    with pytest.raises(InvalidRequestError, match=r"dynamics\.read_only_column"):
        body((name, A.TEXT, "x"))


def test_a_column_twice_or_half_a_character_is_refused() -> None:
    with pytest.raises(ContractBrokenError, match=r"dynamics\.column_twice"):
        body(("name", A.TEXT, "x"), ("NAME", A.TEXT, "y"))
    with pytest.raises(ContractBrokenError, match=r"dynamics\.not_text"):
        body(("name", A.TEXT, "\ud800"))


def test_every_update_has_a_condition_so_that_none_becomes_an_upsert() -> None:
    account = tables()["account"]
    assert condition(write(), table=account, is_conditional=False) == ("If-Match", "*")
    assert condition(write(), table=account, is_conditional=True) == ("If-Match", BASE)
    with pytest.raises(ContractBrokenError, match=r"dynamics\.no_base"):
        condition(write(base=None), table=account, is_conditional=True)
    for spoilt in ('W/"1"\r\nX: y', "ä"):
        with pytest.raises(ContractBrokenError, match=r"dynamics\.bad_version"):
            condition(write(base=spoilt), table=account, is_conditional=True)
    with pytest.raises(InvalidRequestError, match=r"dynamics\.no_version_check"):
        condition(write(), table=tables()["new_plain"], is_conditional=True)


def test_a_row_stands_below_its_irregular_entity_set() -> None:
    assert row_address(tables()["account"], write(7)) == f"accounts({record_id(7)})"


def test_ids_of_lookups_with_several_targets_are_gathered() -> None:
    writes = [
        write(1, ownerid=record_id(5), primarycontactid=record_id(6), name="x"),
        write(2, ownerid=record_id(5).upper(), new_customerid=CLEAR, nope="x"),
        write(3, new_customerid=record_id(7)),
    ]
    assert polymorphic_ids(writes, described("account")) == {
        "ownerid": {record_id(5)},
        "new_customerid": {record_id(7)},
    }


def test_options_become_headers() -> None:
    assert steering({}) == ()
    assert steering(
        {
            "bypass_logic": "CustomSync, CustomAsync",
            "bypass_steps": f"{record_id(1)}, {record_id(2).upper()}",
            "duplicate_detection": "detect",
            "caller_object_id": CALLER,
        }
    ) == (
        ("MSCRM.BypassBusinessLogicExecution", "CustomSync,CustomAsync"),
        ("MSCRM.BypassBusinessLogicExecutionStepIds", f"{record_id(1)},{record_id(2)}"),
        ("MSCRM.SuppressDuplicateDetection", "false"),
        ("CallerObjectId", CALLER),
    )
    assert steering({"duplicate_detection": "suppress"}) == (("MSCRM.SuppressDuplicateDetection", "true"),)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("bypass_logic", "All"),
        ("bypass_steps", "one,two"),
        ("duplicate_detection", "yes"),
        ("caller_object_id", "me"),
    ],
)
def test_a_malformed_option_is_refused_when_the_connection_opens(option: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=option):
        steering({option: value})


def test_one_row_is_a_patch_whose_bytes_are_always_the_same() -> None:
    steer = steering({"bypass_logic": "CustomSync"})
    asked = request(write(name="Acme"), route=Route.SINGLE, is_conditional=True)
    made = prepare_update(asked, described("account"), pointing(), steer=steer)
    assert made == prepare_update(asked, described("account"), pointing(), steer=steer)
    assert (made.method, made.path, made.body) == ("PATCH", f"accounts({record_id(1)})", b'{"name":"Acme"}')
    assert made.headers == (
        ("Content-Type", "application/json; charset=utf-8"),
        ("If-Match", BASE),
        ("MSCRM.BypassBusinessLogicExecution", "CustomSync"),
    )
    with pytest.raises(ContractBrokenError, match=r"dynamics\.too_many_writes"):
        prepare_update(request(write(1), write(2)), described("account"), pointing(), steer=())

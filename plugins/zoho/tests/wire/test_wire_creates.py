"""Records that are made: exact bytes out, never an upsert, one result for every write back."""

import json
from dataclasses import replace

import pytest
from plugins.zoho.tests.making import FIELDS, described, examples, field, record_id, request

from writeback.errors import ContractBrokenError, OutcomeUnknownError, PermissionDeniedError, RateLimitedError
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import CLEAR, AttributeType, Wish
from writeback.sdk.connector import FieldWish, Write, WriteRequest
from writeback.sdk.values import ObjectInfo
from writeback_zoho.wire.answers import Answer
from writeback_zoho.wire.creates import create_keys, parse_create, prepare_create
from writeback_zoho.wire.describes import Described, creatable_modules, parse_fields
from writeback_zoho.wire.writes import Trigger

KEY = "Email"
MODULE = ObjectInfo("Accounts", "Accounts", custom=False, updateable=True, queryable=True)


def made(value: str = "a@x.example", **fields: Wish) -> Write:
    wishes = tuple(FieldWish(name, AttributeType.TEXT, wish) for name, wish in fields.items())
    return Write(f"k:{value}", value, None, wishes)


def creating(*writes: Write, route: Route = Route.BATCH) -> WriteRequest:
    return replace(request(*writes, route=route), creates_by=KEY)


def body(*writes: Write, trigger: Trigger = None, route: Route = Route.BATCH) -> object:
    crm_type = described("Accounts").crm_type
    return json.loads(prepare_create(creating(*writes, route=route), crm_type=crm_type, trigger=trigger).body)


def module(*fields: dict[str, object], is_creatable: bool = True) -> Described:
    return parse_fields({"fields": list(fields)}, MODULE, is_creatable=is_creatable)


def success(number: int) -> dict[str, object]:
    details = {"id": record_id(number), "Modified_Time": "2026-01-15T15:26:49+05:30"}
    return {"code": "SUCCESS", "details": details, "message": "record added", "status": "success"}


def refusal(code: str, name: str = "", **details: object) -> dict[str, object]:
    told = {"api_name": name} if name else {}
    return {"code": code, "message": "words", "status": "error", "details": {**told, **details}}


def results(status: int, *rows: object, asked: WriteRequest | None = None) -> tuple[Result, ...]:
    asked = asked or creating(*[made(f"{n}@x.example") for n in range(len(rows))])
    return parse_create(Answer(status, {"data": list(rows)}), asked).results


def test_records_are_posted_with_their_key_and_without_what_stays_empty() -> None:
    asked = creating(made("a@x.example", Account_Name="Maple", Industry=CLEAR), made("b@x.example"))
    prepared = prepare_create(asked, crm_type=described("Accounts").crm_type, trigger=None)
    assert (prepared.method, prepared.path, prepared.headers) == ("POST", "Accounts", ())
    assert prepared.body == (
        b'{"data":[{"Email":"a@x.example","Account_Name":"Maple"},{"Email":"b@x.example"}]}'
    )


def test_automation_is_named_as_with_updates() -> None:
    assert body(made(), trigger=(), route=Route.SINGLE) == {"data": [{KEY: "a@x.example"}], "trigger": []}
    assert body(made(), trigger=("workflow",))["trigger"] == ["workflow"]  # type: ignore[index]  # JSON


def test_a_reference_travels_as_one() -> None:
    row = body(made(Owner=record_id(3), Parent_Account=record_id(4)))["data"][0]  # type: ignore[index]  # JSON
    assert row == {KEY: "a@x.example", "Owner": {"id": record_id(3)}, "Parent_Account": {"id": record_id(4)}}


@pytest.mark.parametrize("bad", [made(""), made(" "), made(email="b@x.example")])
def test_without_its_key_or_with_another_one_nothing_leaves(bad: Write) -> None:
    for route in (Route.SINGLE, Route.BATCH):
        with pytest.raises(ContractBrokenError):
            body(bad, route=route)


@pytest.mark.parametrize(("route", "most"), [(Route.SINGLE, 1), (Route.BATCH, 100)])
def test_more_than_a_request_holds_is_refused(route: Route, most: int) -> None:
    for count in (0, most + 1):
        with pytest.raises(ContractBrokenError):
            body(*[made(str(n)) for n in range(count)], route=route)


def test_what_was_made_tells_its_id_and_version() -> None:
    for status in (200, 201, 207):
        (result,) = results(status, success(7), asked=creating(made()))
        assert result == Result(
            "k:a@x.example", Outcome.APPLIED, version="2026-01-15T09:56:49Z", record_id=record_id(7)
        )


@pytest.mark.parametrize("row", [None, {}, "x", {"status": "success"}, {"status": "success", "details": {}}])
def test_an_element_that_names_no_record_proves_nothing(row: object) -> None:
    assert results(201, row, asked=creating(made()))[0].outcome is Outcome.UNKNOWN


def test_answers_of_another_length_leave_all_unknown() -> None:
    asked = creating(made("a"), made("b"))
    assert {each.outcome for each in results(201, success(1), asked=asked)} == {Outcome.UNKNOWN}


def test_what_is_there_already_is_a_conflict_in_zohos_own_example() -> None:
    (result,) = results(400, _duplicate(), asked=creating(made()))
    assert (result.outcome, result.code, result.fields) == (Outcome.CONFLICT, "create.exists", (KEY,))
    assert result.message == "duplicate data (id 554023000000527002)"


def _duplicate() -> dict[str, object]:
    """Find the example wherever the table keeps it."""

    def walk(node: object) -> object:
        if isinstance(node, dict):
            if node.get("code") == "DUPLICATE_DATA" and "json_path" in node.get("details", {}):
                return node
            return next((found for child in node.values() if (found := walk(child))), None)
        return None

    found = walk(examples())
    assert isinstance(found, dict)
    return found


def test_only_a_duplicate_of_the_key_is_one_of_the_record() -> None:
    several = [refusal("INVALID_DATA", "Phone"), refusal("DUPLICATE_DATA", KEY)]
    rows = (
        refusal("DUPLICATE_DATA", KEY.lower()),
        refusal("MULTIPLE_OR_MULTI_ERRORS", errors=several),
        refusal("DUPLICATE_DATA", "Number"),
        refusal("DUPLICATE_DATA"),
        refusal("MULTIPLE_OR_MULTI_ERRORS", errors=[refusal("DUPLICATE_DATA", "Number")]),
        refusal("MANDATORY_NOT_FOUND", KEY),
        refusal("RECORD_LOCKED", KEY),
    )
    asked = creating(*[made(f"{n}") for n in range(len(rows))])
    assert [(each.outcome.value, each.code) for each in results(400, *rows, asked=asked)] == [
        ("conflict", "create.exists"),
        ("conflict", "create.exists"),
        ("rejected", "zoho.duplicate_data"),
        ("rejected", "zoho.duplicate_data"),
        ("rejected", "zoho.multiple_or_multi_errors"),
        ("rejected", "zoho.mandatory_not_found"),
        ("rejected", "zoho.record_locked"),
    ]


def test_a_refusal_that_names_another_row_or_an_internal_error_proves_nothing() -> None:
    astray = refusal("DUPLICATE_DATA", KEY, json_path="$.data[3].Email")
    found = results(207, astray, refusal("INTERNAL_ERROR"))
    assert [each.outcome for each in found] == [Outcome.UNKNOWN, Outcome.UNKNOWN]


@pytest.mark.parametrize(
    ("status", "content", "error"),
    [
        (429, {"code": "TOO_MANY_REQUESTS"}, RateLimitedError),
        (403, {"code": "NO_PERMISSION"}, PermissionDeniedError),
        (500, {"code": "INTERNAL_ERROR"}, OutcomeUnknownError),
        (502, None, OutcomeUnknownError),
    ],
)
def test_a_refusal_of_the_whole_request_is_an_error(
    status: int, content: object, error: type[Exception]
) -> None:
    with pytest.raises(error):
        parse_create(Answer(status, content), creating(made(), made("b")))


def test_only_unique_text_that_may_be_set_is_a_key() -> None:
    unique = {"unique": {"casesensitive": False}}
    may_not = {"web_update": True, "api_create": False, "web_create": True, "api_update": True}
    known = module(
        field("Number", **unique),
        field("Email", "email", **unique),
        field("Phone", "phone"),
        field("Seats", "integer", **unique),
        field("Serial", "autonumber", **unique),
        field("Locked", **unique, read_only=True),
        field("Later", **unique, operation_type=may_not),
    )
    assert create_keys(known) == ("Number", "Email")
    assert create_keys(module(field("Number", **unique), is_creatable=False)) == ()
    assert create_keys(described("users")) == ()


def test_required_is_what_the_system_demands() -> None:
    fields = {each.name: each for each in module(*FIELDS["Accounts"]).info.fields}
    assert [name for name, each in fields.items() if each.is_required] == ["Account_Name"]
    assert [name for name, each in fields.items() if not each.is_createable] == ["id", "Modified_Time"]
    locked = module(*FIELDS["Accounts"], is_creatable=False).info.fields
    assert not [each.name for each in locked if each.is_createable or each.is_required]


def test_the_list_of_modules_says_which_records_may_be_made() -> None:
    told = [{"api_name": "Accounts", "creatable": True}, {"api_name": "Notes", "creatable": False}, {}]
    assert creatable_modules({"modules": told}) == {"Accounts"}

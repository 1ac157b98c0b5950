"""Records that are made: exact bytes out, never an upsert, one result for every write back."""

import json
from dataclasses import replace

import pytest
from plugins.salesforce.tests.making import RECORDED, record_id, recorded, request

from writeback.errors import ContractBrokenError, InvalidRequestError, OutcomeUnknownError, QuotaSpentError
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import AttributeType
from writeback.sdk.connector import FieldWish, Write, WriteRequest
from writeback_salesforce.simulator.authored import ACCOUNT_FIELDS
from writeback_salesforce.wire.answers import Answer
from writeback_salesforce.wire.creates import create_keys, parse_create, prepare_create
from writeback_salesforce.wire.describes import parse_describe
from writeback_salesforce.wire.writes import steering

STEER = steering({})
KEY = "External_Id__c"
TAKEN = f"duplicate value found: {KEY} duplicates value on record with id: 001000000000001"


def made(value: str = "A-1", **fields: str) -> Write:
    wishes = tuple(FieldWish(name, AttributeType.TEXT, wish) for name, wish in fields.items())
    return Write(f"k:{value}", value, None, wishes)


def creating(*writes: Write, route: Route = Route.BATCH) -> WriteRequest:
    return replace(request(*writes, route=route), creates_by=KEY)


def problem(code: str, message: str, *fields: str) -> dict[str, object]:
    return {"statusCode": code, "message": message, "fields": list(fields)}


def one(answer: Answer, route: Route = Route.SINGLE) -> Result:
    (result,) = parse_create(answer, creating(made(Name="x"), route=route)).results
    return result


def account() -> dict[str, object]:
    told = json.loads((RECORDED / "Account.json").read_text(encoding="utf-8"))
    told["fields"] += ACCOUNT_FIELDS()
    return told


def test_one_record_is_posted_with_its_key_and_nothing_else() -> None:
    prepared = prepare_create(creating(made("A/1?ü", Name="x"), route=Route.SINGLE), steer=STEER)
    assert (prepared.method, prepared.path) == ("POST", "sobjects/Account")
    assert prepared.body == '{"External_Id__c":"A/1?ü","Name":"x"}'.encode()
    assert dict(prepared.headers) == {"Sforce-Auto-Assign": "FALSE"}


def test_many_are_posted_each_for_itself() -> None:
    prepared = prepare_create(creating(made("A-1", Name="x"), made("A-2", Name="y")), steer=STEER)
    assert (prepared.method, prepared.path) == ("POST", "composite/sobjects")
    assert json.loads(prepared.body) == {
        "allOrNone": False,
        "records": [
            {"attributes": {"type": "Account"}, KEY: "A-1", "Name": "x"},
            {"attributes": {"type": "Account"}, KEY: "A-2", "Name": "y"},
        ],
    }


@pytest.mark.parametrize("bad", [made(""), made(" "), made("A-1", external_id__C="A-2")])
def test_without_its_key_or_with_another_one_nothing_leaves(bad: Write) -> None:
    for route in (Route.SINGLE, Route.BATCH):
        with pytest.raises(ContractBrokenError):
            prepare_create(creating(bad, route=route), steer=STEER)


@pytest.mark.parametrize(("route", "most"), [(Route.SINGLE, 1), (Route.BATCH, 200)])
def test_more_than_a_request_holds_is_refused(route: Route, most: int) -> None:
    for count in (0, most + 1):
        with pytest.raises(ContractBrokenError):
            prepare_create(creating(*[made(f"A-{n}") for n in range(count)], route=route), steer=STEER)


def test_what_was_made_tells_its_full_id() -> None:
    told = {"id": record_id(7)[:15], "success": True, "errors": []}
    assert one(Answer(200, told)) == Result("k:A-1", Outcome.APPLIED, record_id=record_id(7))
    assert one(Answer(200, [told]), Route.BATCH).record_id == record_id(7)


@pytest.mark.parametrize("told", [None, {}, {"success": True}, {"success": True, "id": "x"}, "text"])
def test_an_answer_that_names_no_record_proves_nothing(told: object) -> None:
    assert one(Answer(200, told)).outcome is Outcome.UNKNOWN
    assert one(Answer(200, [told]), Route.BATCH).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("rows", [[], None, {"x": 1}, [{"id": record_id(1), "success": True}] * 3])
def test_an_answer_of_another_length_leaves_all_rows_unknown(rows: object) -> None:
    answer = parse_create(Answer(200, rows), creating(made("A-1"), made("A-2")))
    assert [each.outcome for each in answer.results] == [Outcome.UNKNOWN] * 2


def test_what_is_there_already_is_a_conflict() -> None:
    whole = [{"errorCode": "DUPLICATE_VALUE", "message": TAKEN, "fields": []}]
    row = {"success": False, "errors": [problem("DUPLICATE_VALUE", TAKEN)]}
    for result in (one(Answer(400, whole)), one(Answer(200, [row]), Route.BATCH)):
        assert result == Result("k:A-1", Outcome.CONFLICT, "create.exists", TAKEN, (KEY,))


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("DUPLICATE_VALUE", TAKEN.replace(KEY, "Other__c")),
        ("DUPLICATE_VALUE", TAKEN.replace(KEY, "My_External_Id__c")),
        ("DUPLICATE_VALUE", "duplicate value found: <unknown> duplicates value on record with id: <unknown>"),
        ("DUPLICATES_DETECTED", "Use one of these records?"),
        ("REQUIRED_FIELD_MISSING", "Required fields are missing: [Name]"),
        ("FIELD_CUSTOM_VALIDATION_EXCEPTION", f"{KEY} needs a dash"),
    ],
)
def test_any_other_refusal_is_one_in_the_orgs_words(code: str, message: str) -> None:
    whole = [{"errorCode": code, "message": message, "fields": []}]
    row = {"success": False, "errors": [problem(code, message)]}
    for result in (one(Answer(400, whole)), one(Answer(200, [row]), Route.BATCH)):
        assert result == Result("k:A-1", Outcome.REJECTED, f"salesforce.{code.lower()}", message)


def test_a_row_that_was_not_processed_may_be_sent_again() -> None:
    row = {"success": False, "errors": [problem("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access")]}
    assert one(Answer(200, [row]), Route.BATCH).again


@pytest.mark.parametrize("route", [Route.SINGLE, Route.BATCH])
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (
            Answer(
                403, [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}]
            ),
            QuotaSpentError,
        ),
        (Answer(503, "<html>"), OutcomeUnknownError),
        (Answer(405, [{"errorCode": "METHOD_NOT_ALLOWED", "message": "m"}]), InvalidRequestError),
    ],
)
def test_a_refusal_of_the_whole_request_is_an_error(
    route: Route, answer: Answer, error: type[Exception]
) -> None:
    with pytest.raises(error):
        parse_create(answer, creating(made(), route=route))


def test_only_what_the_org_keeps_unique_is_a_key() -> None:
    assert create_keys(parse_describe(account())) == (KEY,)
    assert create_keys(recorded("Contact")) == ()  # `Email` looks records up and is not unique


@pytest.mark.parametrize(
    "spoilt",
    [
        {"unique": False},  # an external id alone
        {"createable": False},
        {"calculated": True},
        {"autoNumber": True},
        {"type": "double"},
    ],
)
def test_a_field_that_is_not_unique_or_cannot_be_set_is_no_key(spoilt: dict[str, object]) -> None:
    told = account()
    (field,) = (field for field in told["fields"] if field["name"] == KEY)
    field |= spoilt
    assert create_keys(parse_describe(told)) == ()


def test_an_object_that_may_not_be_made_has_no_keys() -> None:
    assert create_keys(parse_describe(account() | {"createable": False})) == ()


@pytest.mark.parametrize(
    ("name", "required"),
    [
        ("Account", {"Name"}),
        ("Contact", {"LastName"}),
        ("Lead", {"LastName", "Company"}),
        ("Opportunity", {"Name", "StageName", "CloseDate"}),
        ("Case", set()),  # everything it needs the org fills in
    ],
)
def test_required_is_what_the_org_does_not_fill_in_itself(name: str, required: set[str]) -> None:
    fields = recorded(name).info.fields
    assert {field.name for field in fields if field.is_required} == required
    assert not [field.name for field in fields if field.is_required and not field.is_createable]

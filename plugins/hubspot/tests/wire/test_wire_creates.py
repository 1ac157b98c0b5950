"""Records that are made: exact bytes out, never an upsert, one result for every write back."""

import json
from dataclasses import replace

import pytest
from plugins.hubspot.tests.making import AT, Told, answer, described, options, prop, record, request

from writeback.errors import (
    ContractBrokenError,
    InvalidRequestError,
    OutcomeUnknownError,
    RateLimitedError,
    ServerBusyError,
)
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import AttributeType
from writeback.sdk.connector import FieldWish, Write, WriteRequest
from writeback_hubspot.wire.answers import Answer
from writeback_hubspot.wire.creates import create_keys, parse_create, prepare_create
from writeback_hubspot.wire.describes import COMPANY_FIELD, parse_describe

THERE = "Contact already exists. Existing ID: 123"


def made(value: str = "a@x.example", **fields: str) -> Write:
    wishes = tuple(FieldWish(name, AttributeType.TEXT, wish) for name, wish in fields.items())
    return Write(f"k:{value}", value, None, wishes)


def creating(*writes: Write, by: str = "email", route: Route = Route.BATCH) -> WriteRequest:
    return replace(request(*writes, route=route), creates_by=by)


def taken(name: str, form: str = "embedded") -> Told:
    """How a unique property that somebody has is refused, in either of the two forms of section 11."""
    row = {"isValid": False, "message": "taken", "error": "CONFLICTING_UNIQUE_VALUE", "name": name}
    text = "Property values were not valid"
    if form == "embedded":
        return {"status": "error", "category": "VALIDATION_ERROR", "message": f"{text}: {json.dumps([row])}"}
    detail = {"message": "taken", "code": row["error"], "context": {"propertyName": [name]}}
    return {"status": "error", "category": "VALIDATION_ERROR", "message": text, "errors": [detail]}


CONFLICT: Told = {"status": "error", "category": "CONFLICT", "message": THERE}
NEWER: Told = {"category": "OBJECT_ALREADY_EXISTS", "error": "CONTACT_EXISTS", "message": THERE}


def single(told: object, status: int = 201, *, by: str = "email") -> Result:
    asked = creating(made(badge="B", phone="1") if by == "email" else made(), by=by, route=Route.SINGLE)
    (result,) = parse_create(answer(told, status), asked).results
    return result


@pytest.mark.parametrize(
    ("version", "path"),
    [("2026-03", "/crm/objects/2026-03/contacts"), ("v3", "/crm/v3/objects/contacts")],
)
def test_one_record_is_posted_with_its_key_and_nothing_else(version: str, path: str) -> None:
    prepared = prepare_create(creating(made(phone="1"), route=Route.SINGLE), version=version)
    assert (prepared.method, prepared.path) == ("POST", path)
    assert prepared.body == b'{"properties": {"email": "a@x.example", "phone": "1"}, "associations": []}'


def test_many_are_posted_each_under_a_trace_id_of_its_own() -> None:
    prepared = prepare_create(creating(made("a@x.example"), made("b@x.example", phone="1")), version="v3")
    assert (prepared.method, prepared.path) == ("POST", "/crm/v3/objects/contacts/batch/create")
    assert [
        (one["objectWriteTraceId"], one["properties"]) for one in json.loads(prepared.body)["inputs"]
    ] == [
        ("k:a@x.example", {"email": "a@x.example"}),
        ("k:b@x.example", {"email": "b@x.example", "phone": "1"}),
    ]


def test_the_link_to_the_company_travels_along() -> None:
    write = made(**{COMPANY_FIELD: "98501", "phone": "1"})
    body = json.loads(prepare_create(creating(write, route=Route.SINGLE), version="v3").body)
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 1}]
    assert body == {
        "properties": {"email": "a@x.example", "phone": "1"},
        "associations": [{"to": {"id": "98501"}, "types": types}],
    }


@pytest.mark.parametrize(
    "bad", [made(""), made(" "), made(email="b@x.example"), made(**{COMPANY_FIELD: "x"})]
)
def test_without_its_key_or_with_another_one_nothing_leaves(bad: Write) -> None:
    for route in (Route.SINGLE, Route.BATCH):
        with pytest.raises(ContractBrokenError):
            prepare_create(creating(bad, route=route), version="v3")


def test_more_than_a_request_holds_or_one_key_twice_is_refused() -> None:
    with pytest.raises(ContractBrokenError):
        prepare_create(creating(made("a"), made("b"), route=Route.SINGLE), version="v3")
    with pytest.raises(ContractBrokenError):
        prepare_create(creating(*[made(str(n)) for n in range(101)]), version="v3")
    with pytest.raises(InvalidRequestError):
        prepare_create(creating(made("a"), made("a")), version="v3")


def test_what_was_made_tells_its_id_and_version() -> None:
    result = single(record("555", email="A@x.example", badge="B", phone="2"))
    assert (result.outcome, result.record_id, result.version) == (Outcome.APPLIED, "555", AT)
    assert (result.code, result.fields) == ("hubspot.stored_otherwise", ("phone",))


@pytest.mark.parametrize("told", [b"<html>", {}, {"id": "x"}, b"[]"])
def test_an_answer_that_names_no_record_proves_nothing(told: object) -> None:
    assert single(told).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("status", "told", "by"),
    [
        (409, CONFLICT, "email"),
        (409, NEWER, "email"),
        (400, taken("badge"), "badge"),
        (400, taken("badge", "details"), "badge"),
    ],
)
def test_what_is_there_already_is_a_conflict(status: int, told: object, by: str) -> None:
    result = single(told, status, by=by)
    assert (result.outcome, result.code, result.fields) == (Outcome.CONFLICT, "create.exists", (by,))


@pytest.mark.parametrize(
    ("status", "told", "by", "code"),
    [
        (409, CONFLICT, "badge", "hubspot.conflict"),  # the e-mail is somebody's, the badge is new
        (400, taken("badge"), "email", "hubspot.conflicting_unique_value"),
        (400, taken("badge_2", "details"), "badge", "hubspot.conflicting_unique_value"),
        (400, {"category": "VALIDATION_ERROR", "message": "no"}, "email", "hubspot.validation_error"),
        (404, {"category": "OBJECT_NOT_FOUND", "message": "no"}, "email", "hubspot.object_not_found"),
    ],
)
def test_any_other_refusal_is_one_in_hubspots_words(status: int, told: Told, by: str, code: str) -> None:
    result = single(told, status, by=by)
    assert (result.outcome, result.code) == (Outcome.REJECTED, code)
    assert result.message


def test_results_and_errors_of_a_batch_are_joined_by_trace_id_alone() -> None:
    writes = [made(f"{name}@x.example") for name in "abcd"]
    rows = [
        {**record(str(n), email=writes[n].record_id), "objectWriteTraceId": writes[n].key} for n in (2, 0)
    ]
    stray = {**record("9", email="d@x.example"), "objectWriteTraceId": "somebody else's"}
    error = {**CONFLICT, "context": {"objectWriteTraceId": [writes[1].key]}}
    told = {"status": "COMPLETE", "results": [*rows, stray], "numErrors": 1, "errors": [error]}
    for status in (200, 201, 207):
        results = parse_create(answer(told, status), creating(*writes)).results
        assert [(each.outcome.value, each.record_id) for each in results] == [
            ("applied", "0"),
            ("conflict", ""),
            ("applied", "2"),
            ("unknown", ""),
        ]


@pytest.mark.parametrize(
    ("status", "told", "error"),
    [
        (409, CONFLICT, InvalidRequestError),
        (400, taken("badge"), InvalidRequestError),
        (429, {"policyName": "SECONDLY"}, RateLimitedError),
        (423, {"category": "LOCKED"}, ServerBusyError),
        (502, b"<html>", OutcomeUnknownError),
    ],
)
def test_a_batch_refused_as_a_whole_is_an_error(status: int, told: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        parse_create(answer(told, status), creating(made("a"), made("b")))


def test_a_batch_of_one_that_is_refused_tells_of_its_row() -> None:
    (result,) = parse_create(answer(CONFLICT, 409), creating(made())).results
    assert result == Result("k:a@x.example", Outcome.CONFLICT, "create.exists", THERE, ("email",))
    with pytest.raises(OutcomeUnknownError):
        parse_create(Answer(500, b""), creating(made()))


def test_only_what_hubspot_keeps_unique_is_a_key() -> None:
    assert create_keys(described("contacts")) == ("email", "badge")
    assert create_keys(described("companies")) == ()  # the domain is not unique through the API


@pytest.mark.parametrize(
    "spoilt",
    [
        prop("code", hasUniqueValue=False),
        prop("code", hasUniqueValue=True, read_only=True),
        prop("code", hasUniqueValue=True, calculated=True),
        prop("code", "number", "number", hasUniqueValue=True),
        prop("code", "enumeration", "select", hasUniqueValue=True, options=options("a")),
    ],
)
def test_a_property_that_is_not_unique_text_or_cannot_be_set_is_no_key(spoilt: Told) -> None:
    assert create_keys(parse_describe("deals", {"results": [spoilt]})) == ()


def test_required_is_what_hubspot_names_so() -> None:
    properties = {"results": [prop("dealname"), prop("amount"), prop("plan"), prop("done", read_only=True)]}
    deals = parse_describe("deals", properties).info
    assert [field.name for field in deals.fields if field.is_required] == ["dealname"]
    schema = {"requiredProperties": ["plan", "done"], "labels": {"plural": "Plans"}}
    plans = parse_describe("p1_plan", properties, schema).info
    assert [field.name for field in plans.fields if field.is_required] == ["plan"]
    assert [field.name for field in plans.fields if not field.is_createable] == ["hs_object_id", "done"]
    assert not [field.name for field in described("contacts").info.fields if field.is_required]

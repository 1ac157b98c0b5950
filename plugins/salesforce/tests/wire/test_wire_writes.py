"""Requests that write: exact bytes out, one result for every write back."""

import json
from decimal import Decimal

import pytest
from plugins.salesforce.tests.making import record_id, request, write

from writeback.errors import (
    ConfigurationError,
    ContractBrokenError,
    InvalidRequestError,
    OutcomeUnknownError,
    PermissionDeniedError,
    QuotaSpentError,
    RateLimitedError,
)
from writeback.model.jobs import Outcome, Route
from writeback.model.types import CLEAR, AttributeType
from writeback.sdk.connector import FieldWish, Write
from writeback_salesforce.wire.answers import Answer
from writeback_salesforce.wire.collections import parse_collection, prepare_collection
from writeback_salesforce.wire.composite import parse_composite, prepare_composite
from writeback_salesforce.wire.records import parse_update, prepare_update
from writeback_salesforce.wire.refusals import bulk_refuses
from writeback_salesforce.wire.writes import Steering, steering, to_bytes

STEER = steering({})
SINGLE = Route.SINGLE
LOCKED = {"statusCode": "UNABLE_TO_LOCK_ROW", "message": "unable to obtain exclusive access", "fields": []}


def errors(code: str, message: str = "m") -> list[dict[str, object]]:
    return [{"errorCode": code, "message": message, "fields": ["Name"]}]


def test_a_single_write_is_a_patch_with_native_types_and_no_id_in_its_body() -> None:
    fields = (
        FieldWish("AnnualRevenue", AttributeType.CURRENCY, Decimal("1.10")),
        FieldWish("IsX__c", AttributeType.BOOLEAN, True),
        FieldWish("Phone", AttributeType.TEXT, CLEAR),
    )
    prepared = prepare_update(request(Write("k", record_id(1), None, fields), route=SINGLE), steer=STEER)
    assert (prepared.method, prepared.path) == ("PATCH", f"sobjects/Account/{record_id(1)}")
    assert prepared.body == b'{"AnnualRevenue":1.10,"IsX__c":true,"Phone":null}'
    assert dict(prepared.headers) == {"Sforce-Auto-Assign": "FALSE"}


def test_a_condition_is_the_second_of_the_base() -> None:
    prepared = prepare_update(request(write(Name="x"), route=SINGLE, is_conditional=True), steer=STEER)
    assert dict(prepared.headers)["If-Unmodified-Since"] == "Mon, 02 Nov 2026 10:00:00 GMT"


def test_a_condition_without_a_base_is_refused() -> None:
    with pytest.raises(ContractBrokenError):
        prepare_update(request(write(base=None, Name="x"), route=SINGLE, is_conditional=True), steer=STEER)


def test_a_field_twice_a_bad_id_or_half_a_character_never_leaves() -> None:
    twice = (FieldWish("A__c", AttributeType.TEXT, "1"), FieldWish("A__c", AttributeType.TEXT, "2"))
    for bad in (
        Write("k", record_id(1), None, twice),
        Write("k", "../x", None, ()),
        write(Name="\ud800"),
    ):
        with pytest.raises(ContractBrokenError):
            prepare_update(request(bad, route=SINGLE), steer=STEER)
    with pytest.raises(ContractBrokenError):
        to_bytes({"x": "\ud800"})


@pytest.mark.parametrize(("prepare", "most"), [(prepare_update, 1), (prepare_collection, 200)])
def test_more_than_a_request_can_hold_is_refused(prepare: object, most: int) -> None:
    for count in (0, most + 1):
        with pytest.raises(ContractBrokenError):
            prepare(request(*[write(n, Name="x") for n in range(count)]), steer=STEER)  # type: ignore[operator]  # one of two
    for count in (0, 26):
        with pytest.raises(ContractBrokenError):
            prepare_composite(
                request(*[write(n, Name="x") for n in range(count)]), version="67.0", steer=STEER
            )


def test_a_collection_holds_each_record_with_its_type_and_small_id() -> None:
    prepared = prepare_collection(request(write(1, Name="x"), write(2, Name=CLEAR)), steer=STEER)
    assert (prepared.method, prepared.path) == ("PATCH", "composite/sobjects")
    assert json.loads(prepared.body) == {
        "allOrNone": False,
        "records": [
            {"attributes": {"type": "Account"}, "id": record_id(1), "Name": "x"},
            {"attributes": {"type": "Account"}, "id": record_id(2), "Name": None},
        ],
    }


def test_a_composite_carries_a_condition_for_each_row() -> None:
    other = write(2, base="2026-11-02T11:00:00.000Z", Name="y")
    prepared = prepare_composite(
        request(write(1, Name="x"), other, is_conditional=True), version="67.0", steer=STEER
    )
    parts = json.loads(prepared.body)["compositeRequest"]
    assert [part["httpHeaders"]["If-Unmodified-Since"][17:19] for part in parts] == ["10", "11"]
    assert parts[0]["url"] == f"/services/data/v67.0/sobjects/Account/{record_id(1)}"
    assert {part["httpHeaders"]["Sforce-Auto-Assign"] for part in parts} == {"FALSE"}


def test_the_same_request_is_prepared_into_the_same_bytes() -> None:
    asked = request(write(1, Name="x"), write(2, Name="y"))
    assert prepare_collection(asked, steer=STEER).body == prepare_collection(asked, steer=STEER).body


@pytest.mark.parametrize(
    ("answer", "outcome", "code", "again"),
    [
        (Answer(204), Outcome.APPLIED, "", False),
        (Answer(200, {"id": "x"}), Outcome.APPLIED, "", False),
        (
            Answer(412, errors("PRECONDITION_FAILED")),
            Outcome.CONFLICT,
            "salesforce.precondition_failed",
            False,
        ),
        (Answer(412, ""), Outcome.CONFLICT, "salesforce.precondition_failed", False),
        (Answer(412, "<html>x</html>"), Outcome.CONFLICT, "salesforce.precondition_failed", False),
        (Answer(400, errors("STRING_TOO_LONG")), Outcome.REJECTED, "salesforce.string_too_long", False),
        (Answer(400, errors("UNABLE_TO_LOCK_ROW")), Outcome.REJECTED, "salesforce.unable_to_lock_row", True),
        (Answer(404, errors("ENTITY_IS_DELETED")), Outcome.REJECTED, "salesforce.entity_is_deleted", False),
        (Answer(403, errors("INSUFFICIENT_ACCESS_OR_READONLY")), Outcome.REJECTED, None, False),
        (Answer(404, "<html>"), Outcome.REJECTED, "salesforce.http_404", False),
    ],
)
def test_a_single_answer_gives_the_row_its_result(
    answer: Answer, outcome: Outcome, code: str | None, again: bool
) -> None:
    asked = request(write(Name="x"), route=SINGLE)
    (result,) = parse_update(answer, asked).results
    assert (result.key, result.outcome, result.again) == ("key1", outcome, again)
    assert code is None or result.code == code


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(403, errors("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")), QuotaSpentError),
        (Answer(403, errors("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests …")), RateLimitedError),
        (Answer(403, errors("API_DISABLED_FOR_ORG")), PermissionDeniedError),
        (Answer(500, errors("UNKNOWN_EXCEPTION")), OutcomeUnknownError),
        (Answer(503, "<html>"), OutcomeUnknownError),
        (Answer(405, errors("METHOD_NOT_ALLOWED")), InvalidRequestError),
    ],
)
def test_a_refusal_that_is_not_about_the_row_is_an_error(answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        parse_update(answer, request(write(Name="x"), route=SINGLE))


def test_one_bad_row_of_a_collection_leaves_the_others_written() -> None:
    asked = request(write(1, Name="x"), write(2, Name="y"), write(3, Name="z"), write(4, Name="u"))
    refused = {"statusCode": "STRING_TOO_LONG", "message": "too long", "fields": ["Name"]}
    rows = [
        {"id": record_id(1), "success": True, "errors": []},
        {"success": False, "errors": [refused]},
        {"id": record_id(3), "success": False, "errors": [LOCKED]},
        {"success": False, "errors": []},
    ]
    results = parse_collection(Answer(200, rows), asked).results
    assert [r.key for r in results] == ["key1", "key2", "key3", "key4"]
    assert [r.outcome for r in results] == [Outcome.APPLIED, *[Outcome.REJECTED] * 3]
    assert (results[1].code, results[1].message, results[1].fields) == (
        "salesforce.string_too_long",
        "too long",
        ("Name",),
    )
    assert [r.again for r in results] == [False, False, True, False]


@pytest.mark.parametrize(
    "row", [None, {}, {"success": None}, {"id": record_id(9), "success": True, "errors": []}]
)
def test_an_element_that_fits_no_row_proves_nothing(row: object) -> None:
    (result,) = parse_collection(Answer(200, [row]), request(write(1, Name="x"))).results
    assert result.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("content", [[], None, {"x": 1}, [{"success": True}] * 3])
def test_an_answer_of_another_length_leaves_all_rows_unknown(content: object) -> None:
    asked = request(write(1, Name="x"), write(2, Name="y"))
    assert {r.outcome for r in parse_collection(Answer(200, content), asked).results} == {Outcome.UNKNOWN}
    assert {r.outcome for r in parse_composite(Answer(200, content), asked).results} == {Outcome.UNKNOWN}


def test_a_batch_refused_as_a_whole_is_an_error() -> None:
    asked = request(write(Name="x"))
    for parse in (parse_collection, parse_composite):
        with pytest.raises(InvalidRequestError):
            parse(Answer(400, errors("EXCEEDED_ID_LIMIT")), asked)
        with pytest.raises(OutcomeUnknownError):
            parse(Answer(502, "<html>"), asked)


def test_parts_of_a_composite_are_joined_by_reference_not_by_order() -> None:
    asked = request(*[write(n, Name="x") for n in range(1, 8)], is_conditional=True)
    parts = [
        {"referenceId": "r6", "httpStatusCode": 405, "body": errors("METHOD_NOT_ALLOWED")},
        {"referenceId": "r5", "httpStatusCode": 403, "body": errors("REQUEST_LIMIT_EXCEEDED")},
        {"referenceId": "r4", "httpStatusCode": 503, "body": errors("SERVER_UNAVAILABLE")},
        {"referenceId": "r2", "httpStatusCode": 400, "body": errors("UNABLE_TO_LOCK_ROW")},
        {"referenceId": "r1", "httpStatusCode": 412, "body": None},
        {"referenceId": "r0", "httpStatusCode": 204, "body": None},
    ]
    results = parse_composite(Answer(200, {"compositeResponse": parts}), asked).results
    assert [(r.key, r.outcome.value, r.again) for r in results] == [
        ("key1", "applied", False),
        ("key2", "conflict", False),
        ("key3", "rejected", True),
        ("key4", "unknown", False),
        ("key5", "unknown", False),
        ("key6", "rejected", True),
        ("key7", "rejected", False),
    ]


def test_options_steer_assignment_and_duplicate_rules() -> None:
    chosen = steering({"auto_assign": "true", "duplicate_rule": "allowSave=true"})
    assert dict(chosen.headers) == {
        "Sforce-Auto-Assign": "TRUE",
        "Sforce-Duplicate-Rule-Header": "allowSave=true",
    }
    rule = "01Q000000000001AAA"
    assert steering({"auto_assign": rule}) == Steering((("Sforce-Auto-Assign", rule),))


@pytest.mark.parametrize(
    "options",
    [{"auto_assign": "maybe"}, {"duplicate_rule": "allowSave=true\r\nX: y"}, {"duplicate_rule": "yes"}],
)
def test_a_malformed_option_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError):
        steering(options)


def test_what_an_upload_cannot_carry_is_known_before() -> None:
    text = AttributeType.TEXT
    refusals = [bulk_refuses(text, wish) for wish in ("#N/A", " #N/A ", "x" * 32_001)]
    assert [r.code for r in refusals if r] == [
        "salesforce.bulk_cannot_write_na",
        "salesforce.bulk_cannot_write_na",
        "salesforce.bulk_cell_too_long",
    ]
    assert bulk_refuses(AttributeType.MULTI_LIST, ("#N/A",)) is not None
    for wish in ("a\rb", "a\r\r\nb", ("a\rb",)):
        reason = bulk_refuses(AttributeType.LONG_TEXT, wish)
        assert reason is not None
        assert reason.code == "salesforce.bulk_cannot_carry_cr"
    assert bulk_refuses(AttributeType.LONG_TEXT, "a\r\nb") is None
    assert [bulk_refuses(text, wish) for wish in ("x" * 32_000, CLEAR, True, "")] == [None] * 4

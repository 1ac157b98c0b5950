"""One PUT, one result a row: every row's own answer counts, never the status of the whole."""

from typing import cast

import orjson
import pytest
from plugins.zoho.tests.making import BASE, described, examples, record_id, request, write

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
from writeback.sdk.connector import FieldWish, Prepared, Write, WriteRequest
from writeback_zoho.wire.answers import Answer
from writeback_zoho.wire.writes import Trigger, needs_crm_types, parse_update, prepare_update, trigger_of

EXAMPLES = examples()
ROW_ERRORS = {
    name: error
    for name, error in cast("dict[str, object]", EXAMPLES["record_errors"]).items()
    if isinstance(error, dict)
}
OUTCOMES = {"stale_if_unmodified_since_http_412": Outcome.CONFLICT}


def prepared(made: WriteRequest, trigger: Trigger = None) -> Prepared:
    return prepare_update(made, crm_type=described("Accounts").crm_type, trigger=trigger)


def success(number: int, **more: object) -> dict[str, object]:
    details = {"id": record_id(number), "Modified_Time": "2026-01-15T15:26:49+05:30"}
    return {"code": "SUCCESS", "status": "success", "message": "record updated", "details": details} | more


def error(code: str, *, place: int | None = None) -> dict[str, object]:
    details = {} if place is None else {"api_name": "Phone", "json_path": f"$.data[{place}].Phone"}
    return {"code": code, "status": "error", "message": "no", "details": details}


def test_rows_carry_their_id_and_values_in_zohos_form() -> None:
    fields = (
        FieldWish("Owner", AttributeType.TEXT, "554023000000235011"),
        FieldWish("Serial", AttributeType.INTEGER, 7),
        FieldWish("Employees", AttributeType.INTEGER, 7),
        FieldWish("Description", AttributeType.LONG_TEXT, CLEAR),
    )
    made = prepared(request(Write("k", record_id(1), BASE, fields), write(2, Number="x")))
    assert (made.method, made.path, made.headers) == ("PUT", "Accounts", ())
    assert orjson.loads(made.body) == {
        "data": [
            {
                "id": record_id(1),
                "Owner": {"id": "554023000000235011"},
                "Serial": "7",
                "Employees": 7,
                "Description": None,
            },
            {"id": record_id(2), "Number": "x"},
        ]
    }


def test_a_single_row_is_checked_by_a_header_with_an_offset() -> None:
    made = prepared(request(write(Number="x"), route=Route.SINGLE, is_conditional=True))
    assert made.headers == (("If-Unmodified-Since", "2026-11-02T10:00:00+00:00"),)


@pytest.mark.parametrize(
    ("option", "trigger", "sent"),
    [
        ("all", None, None),
        ("", None, None),
        ("none", (), []),
        ("Workflow, approval workflow", ("workflow", "approval"), ["workflow", "approval"]),
    ],
)
def test_automation_is_a_choice(option: str, trigger: Trigger, sent: list[str] | None) -> None:
    assert trigger_of(option) == trigger
    body = orjson.loads(prepared(request(write(Number="x")), trigger).body)
    assert body.get("trigger") == sent
    assert ("trigger" in body) is (sent is not None)


def test_an_automation_that_zoho_does_not_have_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"zoho\.bad_option"):
        trigger_of("workflow,magic")


@pytest.mark.parametrize(
    "made",
    [
        request(),
        request(*(write(number, Number="x") for number in range(101))),
        request(
            write(1, Number="x"), write(2, base="2026-11-24T04:00:00+00:00", Number="x"), is_conditional=True
        ),
        request(write(1, Number="x"), write(2, Number="x"), route=Route.SINGLE),
        request(write(base=None, Number="x"), is_conditional=True),
        request(write(id="5")),
        request(Write("k", "x/y", BASE, ())),
        request(write(Number="\ud800")),
        request(Write("k", record_id(1), BASE, (FieldWish("A", AttributeType.TEXT, "1"),) * 2)),
    ],
)
def test_what_cannot_be_sent_as_asked_is_not_sent(made: WriteRequest) -> None:
    with pytest.raises(ContractBrokenError):
        prepared(made)


def test_metadata_are_needed_only_where_the_form_depends_on_them() -> None:
    assert not needs_crm_types(request(write(Number="x", Description=CLEAR)))
    assert needs_crm_types(request(write(Owner="554023000000235011")))
    assert needs_crm_types(request(Write("k", "1", None, (FieldWish("N", AttributeType.INTEGER, 5),))))


def test_a_written_row_brings_its_new_version() -> None:
    (result,) = parse_update(Answer(200, {"data": [success(1)]}), request(write(1))).results
    assert (result.outcome, result.version) == (Outcome.APPLIED, "2026-01-15T09:56:49Z")


@pytest.mark.parametrize("status", [200, 201, 207, 400])
def test_each_row_is_judged_by_its_own_answer_whatever_the_status(status: int) -> None:
    answer = Answer(status, {"data": [success(1), error("INVALID_DATA", place=1), success(3)]})
    results = parse_update(answer, request(write(1), write(2), write(3))).results
    assert [r.outcome for r in results] == [Outcome.APPLIED, Outcome.REJECTED, Outcome.APPLIED]
    assert (results[1].key, results[1].code, results[1].fields) == ("key2", "zoho.invalid_data", ("Phone",))


@pytest.mark.parametrize("name", ROW_ERRORS)
def test_every_row_error_of_zohos_examples_is_understood(name: str) -> None:
    told = ROW_ERRORS[name]
    if name == "too_many_rows":  # about the request, not about a row
        with pytest.raises(InvalidRequestError, match=r"zoho\.limit_exceeded"):
            parse_update(Answer(400, {"data": [told]}), request(write(1), write(2)))
        return
    (result,) = parse_update(Answer(400, {"data": [told]}), request(write(1))).results
    assert result.outcome is OUTCOMES.get(name, Outcome.REJECTED)
    assert result.code == f"zoho.{told['code'].lower()}"
    assert result.message.startswith(told["message"])
    assert not result.again


def test_the_transcribed_mix_of_zoho_is_read_row_by_row() -> None:
    mixed = cast("dict[str, object]", EXAMPLES["mixed"])
    answer = Answer(207, mixed["body"])
    body = cast("dict[str, list[dict[str, dict[str, str]]]]", mixed["body"])
    first = Write("a", body["data"][0]["details"]["id"], BASE, ())
    results = parse_update(answer, request(first, write(2))).results
    assert [r.outcome for r in results] == [Outcome.APPLIED, Outcome.REJECTED]


def test_several_errors_of_one_row_are_all_told() -> None:
    inner = [
        {
            "code": "INVALID_DATA",
            "details": {"api_name": "A", "json_path": "$.data[0].A", "maximum_length": 5},
            "message": "invalid data",
        },
        {
            "code": "MANDATORY_NOT_FOUND",
            "details": {"api_name": "B", "json_path": "$.data[0].B"},
            "message": "required",
        },
    ]
    told = {
        "code": "MULTIPLE_OR_MULTI_ERRORS",
        "details": {"errors": inner},
        "message": "Multiple",
        "status": "error",
    }
    (result,) = parse_update(Answer(400, {"data": [told]}), request(write(1))).results
    assert result.fields == ("A", "B")
    assert "maximum_length 5" in result.message
    assert "MANDATORY_NOT_FOUND B" in result.message


def test_a_limit_that_struck_one_row_leaves_it_open() -> None:
    (result,) = parse_update(Answer(207, {"data": [error("TOO_MANY_REQUESTS")]}), request(write(1))).results
    assert (result.outcome, result.again) == (Outcome.REJECTED, True)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("nonsense", "zoho.answer_unreadable"),
        ({}, "zoho.answer_unreadable"),
        ({"status": "error"}, "zoho.answer_unreadable"),
        (success(9), "zoho.answer_of_another_row"),
        (error("INVALID_DATA", place=4), "zoho.answer_of_another_row"),
        (error("INTERNAL_ERROR"), "zoho.internal_error"),
    ],
)
def test_an_answer_that_proves_nothing_about_a_row_leaves_it_unknown(row: object, code: str) -> None:
    (result,) = parse_update(Answer(200, {"data": [row]}), request(write(1))).results
    assert (result.outcome, result.code) == (Outcome.UNKNOWN, code)


@pytest.mark.parametrize("content", [None, {"code": "ALREADY_MODIFIED", "message": "m"}, {"code": "X"}])
def test_any_412_is_a_conflict_whatever_its_body(content: object) -> None:
    (result,) = parse_update(Answer(412, content), request(write(1))).results
    assert (result.outcome, result.code) == (Outcome.CONFLICT, "zoho.already_modified")


def test_a_written_row_with_an_unreadable_stamp_is_written() -> None:
    details = {"id": record_id(1), "Modified_Time": "yesterday"}
    (result,) = parse_update(Answer(200, {"data": [success(1, details=details)]}), request(write(1))).results
    assert (result.outcome, result.version) == (Outcome.APPLIED, None)


def test_a_success_without_an_id_is_known_by_its_place() -> None:
    (result,) = parse_update(Answer(200, {"data": [success(1, details={})]}), request(write(1))).results
    assert (result.outcome, result.version) == (Outcome.APPLIED, None)
    (bare,) = parse_update(Answer(200, {"data": [success(1, details=None)]}), request(write(1))).results
    assert bare.outcome is Outcome.APPLIED


@pytest.mark.parametrize("status", [200, 207, 302])
@pytest.mark.parametrize("content", [{"data": [success(1)]}, {"data": []}, {}, None, "<html>"])
def test_an_answer_with_another_number_of_rows_proves_nothing(content: object, status: int) -> None:
    results = parse_update(Answer(status, content), request(write(1), write(2))).results
    assert {r.outcome for r in results} == {Outcome.UNKNOWN}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(500, {"code": "INTERNAL_ERROR", "message": "Internal Server Error"}), OutcomeUnknownError),
        (Answer(502, None), OutcomeUnknownError),
        (Answer(500, {"data": [success(1)]}), OutcomeUnknownError),
        (Answer(429, {"code": "TOO_MANY_REQUESTS"}), RateLimitedError),
        (Answer(429, None, {"X-API-CREDITS-REMAINING": "0"}), QuotaSpentError),
        (Answer(403, {"code": "NO_PERMISSION"}), PermissionDeniedError),
        (Answer(400, {"code": "INVALID_MODULE"}), InvalidRequestError),
        (Answer(404, {"code": "INVALID_URL_PATTERN"}), InvalidRequestError),
    ],
)
def test_a_refusal_of_the_whole_request_is_raised(answer: Answer, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        parse_update(answer, request(write(1)))

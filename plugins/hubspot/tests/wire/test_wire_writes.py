"""Single writes, batches and associations: exact bytes, and every answer read to the end."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.hubspot.tests.making import AT, answer, record, request, write

from writeback.errors import ContractBrokenError, InvalidRequestError, OutcomeUnknownError, RateLimitedError
from writeback.model.jobs import Outcome, Route
from writeback.model.types import CLEAR, AttributeType
from writeback.sdk.connector import FieldWish, Write
from writeback_hubspot.wire import associations, batches, singles, writes
from writeback_hubspot.wire.describes import COMPANY_FIELD, Association

COMPANY = Association("companies", "company", 1)
V = "2026-03"


def outcomes(results: object) -> list[tuple[str, str]]:
    return [(one.outcome.value, one.code) for one in results]  # type: ignore[attr-defined]  # results


# one row


def test_a_single_write_is_a_patch_of_its_properties() -> None:
    prepared = singles.prepare_update(request(write(1, phone="1", city=CLEAR), route=Route.SINGLE), version=V)
    assert (prepared.method, prepared.path) == ("PATCH", "/crm/objects/2026-03/contacts/101")
    assert prepared.body == b'{"properties": {"phone": "1", "city": ""}}'
    with pytest.raises(ContractBrokenError):
        singles.prepare_update(request(write(1, a="1"), write(2, a="1")), version=V)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (answer(record("101", phone="1")), ("applied", "")),
        (answer(record("101", other="x")), ("applied", "")),
        (answer(record("101", phone="+1")), ("applied", "hubspot.stored_otherwise")),
        (answer({"id": "101"}), ("applied", "")),
        (answer(record("999", phone="1")), ("unknown", "hubspot.answer_of_another_row")),
        (answer(b"<html>"), ("unknown", "hubspot.answer_unreadable")),
        (answer({"category": "VALIDATION_ERROR"}, 400), ("rejected", "hubspot.validation_error")),
    ],
)
def test_the_answer_of_a_single_write_is_held_against_what_was_sent(
    given: object, told: tuple[str, str]
) -> None:
    found = singles.parse_update(given, request(write(1, phone="1"), route=Route.SINGLE))  # type: ignore[arg-type]
    assert outcomes(found.results) == [told]


def test_an_applied_write_knows_its_new_version() -> None:
    (found,) = singles.parse_update(answer(record("101", phone="1")), request(write(1, phone="1"))).results
    assert found.version == AT


def test_an_echo_of_another_kind_is_another_value() -> None:
    wish = Write("k", "101", None, (FieldWish("score", AttributeType.INTEGER, 5),))
    (found,) = singles.parse_update(answer(record("101", score="many")), request(wish)).results
    assert (found.code, found.fields) == ("hubspot.stored_otherwise", ("score",))


# up to a hundred


def test_a_batch_carries_a_trace_for_each_write() -> None:
    prepared = batches.prepare_batch(request(write(1, a="é"), write(2, a="2")), version=V)
    assert (prepared.method, prepared.path) == ("POST", "/crm/objects/2026-03/contacts/batch/update")
    assert json.loads(prepared.body) == {
        "inputs": [
            {"id": "101", "properties": {"a": "é"}, "objectWriteTraceId": "key1"},
            {"id": "102", "properties": {"a": "2"}, "objectWriteTraceId": "key2"},
        ]
    }


@pytest.mark.parametrize("count", [0, 101])
def test_a_batch_holds_one_to_a_hundred(count: int) -> None:
    with pytest.raises(ContractBrokenError):
        batches.prepare_batch(request(*(write(number, a="1") for number in range(count))), version=V)


def test_one_record_is_not_written_twice_in_one_batch() -> None:
    with pytest.raises(InvalidRequestError):
        batches.prepare_batch(request(write(1, a="1"), write(2, record_id="101", a="2")), version=V)
    with pytest.raises(InvalidRequestError):
        batches.prepare_batch(request(write(1, a="1"), write(1, record_id="5", a="2")), version=V)


@given(st.integers(min_value=1, max_value=100), st.randoms(), st.sampled_from([200, 201, 207]))
def test_any_order_and_any_2xx_give_each_write_its_own_result(
    count: int, rng: random.Random, status: int
) -> None:
    given_writes = [write(number, a=str(number)) for number in range(count)]
    ends = [rng.choice(["done", "done", "refused", "silent"]) for _ in given_writes]
    rows = [
        record(one.record_id, a=str(number)) | ({"objectWriteTraceId": one.key} if rng.random() < 0.5 else {})
        for number, (one, end) in enumerate(zip(given_writes, ends, strict=True))
        if end == "done"
    ]
    errors = [
        {"category": "VALIDATION_ERROR", "message": one.key, "context": {"objectWriteTraceId": [one.key]}}
        for one, end in zip(given_writes, ends, strict=True)
        if end == "refused"
    ]
    rng.shuffle(rows)
    rng.shuffle(errors)
    body = {"status": "COMPLETE", "results": rows, "numErrors": len(errors), "errors": errors}
    found = batches.parse_batch(answer(body, status), request(*given_writes)).results
    assert [one.key for one in found] == [one.key for one in given_writes]
    meant = {"done": Outcome.APPLIED, "refused": Outcome.REJECTED, "silent": Outcome.UNKNOWN}
    assert [one.outcome for one in found] == [meant[end] for end in ends]


def test_an_error_may_name_records_instead_of_traces_or_hide_them_in_its_details() -> None:
    by_id = {"category": "OBJECT_NOT_FOUND", "message": "gone", "context": {"ids": ["101"]}}
    inner = {"category": "LOCKED", "errors": [{"message": "m", "context": {"objectWriteTraceId": "key2"}}]}
    body = {"results": [], "errors": [by_id, inner, {"category": "X", "context": {"ids": ["999"]}}]}
    found = batches.parse_batch(
        answer(body, 207), request(write(1, a="1"), write(2, a="2"), write(3, a="3"))
    ).results
    assert outcomes(found) == [
        ("rejected", "hubspot.object_not_found"),
        ("rejected", "hubspot.locked"),
        ("unknown", "hubspot.answer_incomplete"),
    ]
    assert [one.again for one in found] == [False, True, False]


def test_a_row_that_is_both_done_and_refused_is_refused() -> None:
    error = {"category": "CONFLICT", "context": {"objectWriteTraceId": ["key1"]}}
    body = {"results": [record("101", a="1")], "errors": [error]}
    assert outcomes(batches.parse_batch(answer(body), request(write(1, a="1"))).results)[0][0] == "rejected"


def test_a_batch_refused_as_a_whole_is_an_error_and_an_unreadable_one_is_unknown() -> None:
    one = request(write(1, a="1"))
    with pytest.raises(InvalidRequestError):
        batches.parse_batch(answer({"category": "VALIDATION_ERROR"}, 400), one)
    with pytest.raises(RateLimitedError):
        batches.parse_batch(answer({"policyName": "SECONDLY"}, 429), one)
    with pytest.raises(OutcomeUnknownError):
        batches.parse_batch(answer(b"<html>", 502), one)
    assert outcomes(batches.parse_batch(answer(b"<html>"), one).results) == [
        ("unknown", "hubspot.answer_unreadable")
    ]


# associations


def test_re_pointing_one_company_is_one_put() -> None:
    one = request(write(1, **{COMPANY_FIELD: "77"}), route=Route.SINGLE)
    prepared = associations.prepare_link(one, COMPANY, version="v3")
    assert (prepared.method, prepared.path) == (
        "PUT",
        "/crm/v4/objects/contacts/101/associations/companies/77",
    )
    assert json.loads(prepared.body) == [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 1}]
    assert outcomes(associations.parse_link(answer({}, 201), one).results) == [("applied", "")]
    missing = associations.parse_link(answer({"category": "OBJECT_NOT_FOUND"}, 404), one)
    assert outcomes(missing.results) == [("rejected", "hubspot.object_not_found")]
    with pytest.raises(ContractBrokenError):
        associations.prepare_link(
            request(write(1, **{COMPANY_FIELD: "7"}), write(2, **{COMPANY_FIELD: "7"})), COMPANY, version=V
        )


def test_re_pointing_many_is_one_batch_whose_results_name_both_ends() -> None:
    many = request(*(write(number, **{COMPANY_FIELD: str(70 + number)}) for number in range(1, 6)))
    prepared = associations.prepare_links(many, COMPANY, version=V)
    assert prepared.path == "/crm/associations/2026-03/contacts/companies/batch/create"
    first = json.loads(prepared.body)["inputs"][0]
    assert (first["from"], first["to"]) == ({"id": "101"}, {"id": "71"})
    body = {
        "results": [{"fromObjectId": 101, "toObjectId": 71}, {"from": {"id": "102"}, "to": {"id": "72"}}],
        "errors": [
            {"category": "OBJECT_NOT_FOUND", "context": {"fromObjectId": ["103"]}},
            {"category": "OBJECT_NOT_FOUND", "context": {"ids": ["74"]}},
        ],
    }
    assert outcomes(associations.parse_links(answer(body, 207), many).results) == [
        ("applied", ""),
        ("applied", ""),
        ("rejected", "hubspot.object_not_found"),
        ("rejected", "hubspot.object_not_found"),
        ("unknown", "hubspot.answer_incomplete"),
    ]
    assert {one.outcome.value for one in associations.parse_links(answer(b""), many).results} == {"unknown"}
    with pytest.raises(InvalidRequestError):
        associations.parse_links(answer({}, 400), many)


def clear(number: int, held: str | None) -> Write:
    return Write(
        f"k{number}", f"10{number}", None, (FieldWish(COMPANY_FIELD, AttributeType.TEXT, CLEAR, held),)
    )


def test_a_clear_takes_the_company_away_that_the_write_was_judged_by() -> None:
    one = request(clear(1, "77"), route=Route.SINGLE)
    prepared = associations.prepare_unlink(one, COMPANY, version="v3")
    assert (prepared.method, prepared.path, prepared.body) == (
        "DELETE",
        "/crm/v4/objects/contacts/101/associations/companies/77",
        b"",
    )
    many = request(clear(1, "77"), clear(2, "78"))
    prepared = associations.prepare_unlinks(many, COMPANY, version=V)
    assert prepared.path == "/crm/associations/2026-03/contacts/companies/batch/archive"
    assert json.loads(prepared.body) == {
        "inputs": [
            {"from": {"id": "101"}, "to": [{"id": "77"}]},
            {"from": {"id": "102"}, "to": [{"id": "78"}]},
        ]
    }
    for empty in (answer(b"", 204), answer({"results": []})):
        assert outcomes(associations.parse_unlinks(empty, many).results) == [("applied", "")] * 2
    body = {"errors": [{"category": "OBJECT_NOT_FOUND", "context": {"fromObjectId": ["102"]}}]}
    assert outcomes(associations.parse_unlinks(answer(body, 207), many).results) == [
        ("applied", ""),
        ("rejected", "hubspot.object_not_found"),
    ]
    for context in ({}, {"context": {"toObjectId": ["78"]}}):  # which of them was it?
        body = {"errors": [{"category": "OBJECT_NOT_FOUND", **context}]}
        assert (
            outcomes(associations.parse_unlinks(answer(body, 207), many).results)
            == [("unknown", "hubspot.answer_incomplete")] * 2
        )
    with pytest.raises(ContractBrokenError):
        associations.prepare_unlink(request(clear(1, None), route=Route.SINGLE), COMPANY, version=V)
    with pytest.raises(InvalidRequestError, match=r"hubspot\.association_clear_alone"):
        associations.clears(request(clear(1, "77"), write(2, **{COMPANY_FIELD: "7"})))


def test_a_company_link_travels_alone() -> None:
    assert writes.moves_association(request(write(1, **{COMPANY_FIELD: "7"})))
    assert not writes.moves_association(request(write(1, a="7")))
    mixed = write(1, a="1", **{COMPANY_FIELD: "7"})
    for given_request in (request(mixed), request(write(1, a="1"), write(2, **{COMPANY_FIELD: "7"}))):
        with pytest.raises(InvalidRequestError, match=r"hubspot\.association_alone"):
            writes.moves_association(given_request)
    for wrong in (write(1, **{COMPANY_FIELD: CLEAR}), mixed):
        with pytest.raises(ContractBrokenError):
            associations.target_of(wrong)


# what all share


@pytest.mark.parametrize(
    "fields",
    [
        (),
        (FieldWish("a", AttributeType.TEXT, "1"), FieldWish("a", AttributeType.TEXT, "2")),
        (FieldWish("a b", AttributeType.TEXT, "1"),),
        (FieldWish("a", AttributeType.NUMBER, "1"),),
    ],
)
def test_a_row_that_cannot_be_written_is_never_sent(fields: tuple[FieldWish, ...]) -> None:
    with pytest.raises(ContractBrokenError):
        writes.properties_of(Write("k", "1", None, fields))

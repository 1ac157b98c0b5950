"""Rows that are made: exact bytes out, never an upsert, one result for every write back."""

import json
from dataclasses import replace

import pytest
from plugins.dynamics.tests.making import described, pointing, record_id, request
from plugins.dynamics.tests.wire.test_wire_batches import answered

from writeback.errors import ContractBrokenError, InvalidRequestError, OutcomeUnknownError, RateLimitedError
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import CLEAR, AttributeType, Wish
from writeback.sdk.connector import FieldWish, Prepared, Write, WriteRequest
from writeback_dynamics.wire.answers import Answer
from writeback_dynamics.wire.creates import create_keys, parse_create, prepare_create
from writeback_dynamics.wire.describes import AlternateKey, Described

KEY = "accountnumber"
MADE = (
    f"OData-Version: 4.0\r\nOData-EntityId: https://x.crm.dynamics.com/api/data/v9.2/accounts({record_id(7)})"
)


def made(value: str = "A1", **fields: Wish) -> Write:
    wishes = tuple(FieldWish(name, AttributeType.TEXT, wish) for name, wish in fields.items())
    return Write(f"k:{value}", value, None, wishes)


def creating(*writes: Write, route: Route = Route.BATCH, by: str = KEY) -> WriteRequest:
    return replace(request(*writes, route=route), creates_by=by)


def table(*keys: AlternateKey) -> Described:
    return replace(described("account"), keys=keys or described("account").keys)


def alone(column: str, *names: str) -> AlternateKey:
    return AlternateKey((column,), frozenset(name.casefold() for name in names))


def prepared(*writes: Write, route: Route = Route.BATCH, **steer: str) -> Prepared:
    asked = creating(*writes, route=route)
    return prepare_create(asked, described("account"), pointing(), steer=tuple(steer.items()))


def refusal(code: str, message: str = "Words.") -> str:
    return json.dumps({"error": {"code": code, "message": message}})


def violated(key: str) -> str:
    return refusal(
        "0x80060892", f"Entity Key {key} violated. A record with the same value for X already exists."
    )


def both(status: int, told: str, known: Described, **fields: Wish) -> set[tuple[Outcome, str]]:
    """The outcome and code of one row, alone and as a part of a batch."""
    write, found = made(**fields), set()
    for route in (Route.SINGLE, Route.BATCH):
        answer = Answer(status, told.encode()) if route is Route.SINGLE else answered((status, told))
        (result,) = parse_create(answer, creating(write, route=route), known).results
        found.add((result.outcome, result.code))
    return found


TAKEN = {(Outcome.CONFLICT, "create.exists")}


def test_one_row_is_posted_with_its_key_and_without_what_stays_empty() -> None:
    fields = {"name": 'Zoë/+&"', "description": CLEAR, "primarycontactid": record_id(5)}
    sent = prepared(made("A/+1", **fields), route=Route.SINGLE, CallerObjectId="c")
    assert (sent.method, sent.path) == ("POST", "accounts")
    assert json.loads(sent.body) == {
        KEY: "A/+1",
        "name": 'Zoë/+&"',
        "primarycontactid@odata.bind": f"/contacts({record_id(5)})",
    }
    assert dict(sent.headers) == {
        "Content-Type": "application/json; charset=utf-8",
        "CallerObjectId": "c",
    }


def test_many_are_parts_that_each_stand_for_themselves_in_exact_bytes() -> None:
    sent = prepared(made("A1", name="a"), made("A2", name="b"), CallerObjectId="c")
    assert sent == prepared(made("A1", name="a"), made("A2", name="b"), CallerObjectId="c")
    boundary = sent.headers[0][1].partition('boundary="')[2].rstrip('"')
    part = (
        "--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        "POST /api/data/v9.2/accounts HTTP/1.1\r\nContent-Type: application/json; type=entry\r\n"
        "CallerObjectId: c\r\n\r\n{body}\r\n"
    )
    assert sent.body.decode() == (
        part.format(boundary=boundary, body='{"accountnumber":"A1","name":"a"}')
        + part.format(boundary=boundary, body='{"accountnumber":"A2","name":"b"}')
        + f"--{boundary}--\r\n"
    )
    assert (sent.method, sent.path) == ("POST", "$batch")
    assert dict(sent.headers)["Prefer"] == "odata.continue-on-error"


@pytest.mark.parametrize("bad", [made(""), made(" "), made(AccountNumber="A2")])
def test_without_its_key_or_with_another_one_nothing_leaves(bad: Write) -> None:
    for route in (Route.SINGLE, Route.BATCH):
        with pytest.raises(ContractBrokenError):
            prepared(bad, route=route)


def test_what_cannot_be_set_or_more_than_a_request_holds_is_refused() -> None:
    with pytest.raises(InvalidRequestError):
        prepared(made(versionnumber="1"))
    with pytest.raises(ContractBrokenError):
        prepared(made("A1"), made("A2"), route=Route.SINGLE)
    for count in (0, 201):
        with pytest.raises(ContractBrokenError):
            prepared(*[made(f"A{n}") for n in range(count)])


def test_what_was_made_tells_its_id_where_the_answer_names_it() -> None:
    headers = {"odata-entityid": f"https://x/api/data/v9.2/accounts({record_id(7).upper()})"}
    for answer, expected in ((Answer(204, b"", headers), record_id(7)), (Answer(204), "")):
        (result,) = parse_create(answer, creating(made(), route=Route.SINGLE), table()).results
        assert result == Result("k:A1", Outcome.APPLIED, record_id=expected)
    asked = creating(made("A1"), made("A2"), made("A3"))
    results = parse_create(answered((204, "", MADE), (400, refusal("0x80044331"))), asked, table()).results
    assert [(each.outcome.value, each.code, each.record_id) for each in results] == [
        ("applied", "", record_id(7)),
        ("rejected", "dynamics.string_length_too_long", ""),
        ("unknown", "dynamics.answer_incomplete", ""),
    ]


def test_more_answers_than_were_asked_for_prove_nothing() -> None:
    parts = [(204, "", MADE)] * 3
    results = parse_create(answered(*parts), creating(made("A1"), made("A2")), table()).results
    assert {each.outcome for each in results} == {Outcome.UNKNOWN}


@pytest.mark.parametrize("status", [412, 400])
@pytest.mark.parametrize("told", [violated("wb_Number"), violated("whatever it is called")])
def test_what_is_there_already_is_a_conflict(status: int, told: str) -> None:
    assert both(status, told, table(alone(KEY, "wb_Number", "Number"))) == TAKEN


def test_with_two_keys_at_stake_the_name_decides() -> None:
    known = table(alone(KEY, "wb_Number", "The number"), alone("websiteurl", "wb_Site"))
    for name in ("wb_Number", "the NUMBER"):
        assert both(412, violated(name), known, websiteurl="x") == TAKEN
    for name in ("wb_Site", "wb_NumberOfAll", "", "die Nummer"):
        assert both(412, violated(name), known, websiteurl="x") == {
            (Outcome.REJECTED, "dynamics.duplicate_record_entity_key")
        }
    assert both(412, violated("die Nummer"), known, name="x") == TAKEN  # the other is not touched


def test_words_without_a_key_count_only_where_one_key_is_at_stake() -> None:
    told = refusal("0x80040237", "A record with matching key values already exists.")
    number, site = alone(KEY, "n"), alone("websiteurl", "s")
    assert both(412, told, table(number, site)) == TAKEN
    rejected = {(Outcome.REJECTED, "dynamics.duplicate_record")}
    assert both(412, told, table(number, site), websiteurl="x") == rejected
    assert both(412, refusal("0x80040237", "Cannot insert duplicate key."), table(number)) == rejected


@pytest.mark.parametrize(
    ("status", "code", "name"),
    [
        (500, "0x80040333", "duplicate_records_found"),
        (412, "0x80040333", "duplicate_records_found"),
        (400, "0x80044331", "string_length_too_long"),
        (403, "0x80040220", "privilege_denied"),
        (400, "0x80040265", "plugin_aborted"),
    ],
)
def test_any_other_refusal_is_one_in_dataverses_words(status: int, code: str, name: str) -> None:
    assert both(status, refusal(code), table()) == {(Outcome.REJECTED, f"dynamics.{name}")}


@pytest.mark.parametrize(
    ("status", "error"), [(429, RateLimitedError), (502, OutcomeUnknownError), (500, OutcomeUnknownError)]
)
def test_an_answer_about_the_whole_request_is_an_error(status: int, error: type[Exception]) -> None:
    for route in (Route.SINGLE, Route.BATCH):
        with pytest.raises(error):
            parse_create(Answer(status, b"<html>"), creating(made(), route=route), table())


def test_only_an_active_key_of_one_text_that_may_be_set_makes_rows() -> None:
    assert create_keys(described("account")) == (KEY,)  # one is of two columns, one is pending
    assert create_keys(described("contact")) == ()
    assert create_keys(described("new_elastic")) == ()
    assert create_keys(table(alone("numberofemployees"), alone("primarycontactid"), alone("nothing"))) == ()
    locked = [replace(field, is_createable=False) for field in described("account").info.fields]
    known = described("account")
    assert create_keys(replace(known, info=replace(known.info, fields=tuple(locked)))) == ()


def test_required_is_what_the_organisation_demands_and_nothing_fills_in() -> None:
    fields = {field.name: field for field in described("account").info.fields}
    assert [name for name, field in fields.items() if field.is_required] == ["name"]
    assert fields["ownerid"].is_createable
    assert not fields["accountid"].is_createable
    assert not fields["new_nowhere"].is_createable  # a lookup that leads nowhere

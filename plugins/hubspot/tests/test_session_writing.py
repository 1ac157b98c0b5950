"""Writing: what arrives, what is said about each row, what is never done twice."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from plugins.hubspot.tests.talking import Talk, talking

from writeback.errors import (
    ConnectorError,
    ContractBrokenError,
    InvalidRequestError,
    OutcomeUnknownError,
    QuotaSpentError,
    RateLimitedError,
    ServerBusyError,
    SignInRequiredError,
)
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import CLEAR, AttributeType, Value, Wish
from writeback.sdk.connector import FieldWish, ReadQuery, Write, WriteRequest
from writeback_hubspot.wire.describes import COMPANY_FIELD

T = AttributeType


def ids(talk: Talk, object_name: str = "companies", count: int = 3) -> list[str]:
    (page,) = talk.session.read(ReadQuery(object_name, (), limit=count))
    return [row[0] for row in page.rows]


def wishes(**fields: Wish) -> tuple[FieldWish, ...]:
    return tuple(FieldWish(name, T.TEXT, wish) for name, wish in fields.items())


def send(
    talk: Talk, *writes: Write, route: Route = Route.SINGLE, object_name: str = "companies"
) -> tuple[Result, ...]:
    request = WriteRequest(object_name, writes, route, is_conditional=False)
    return talk.session.write(talk.session.prepare(request)).results


def holds(talk: Talk, key: str, path: str, object_name: str = "companies") -> Value:
    page = talk.session.fetch(object_name, by="hs_object_id", keys=[key], paths=(path,))
    return page.rows[0][2][0]


@pytest.mark.parametrize("route", [Route.SINGLE, Route.BATCH])
@pytest.mark.parametrize("version", ["2026-03", "2026-09", "v3"])
def test_exactly_the_prepared_bytes_are_sent_once(route: Route, version: str) -> None:
    with talking(3, options={"api_version": version}) as talk:
        key = ids(talk)[0]
        write = Write("k", key, None, wishes(phone="+43 „1“ 😀", city=CLEAR))
        prepared = talk.session.prepare(WriteRequest("Companies", (write,), route, is_conditional=False))
        talk.exchanges.clear()
        (result,) = talk.session.write(prepared).results
        assert (result.key, result.outcome) == ("k", Outcome.APPLIED)
        (exchange,) = talk.exchanges
        assert exchange.method == prepared.method
        assert exchange.request_body.encode() == prepared.body
        assert exchange.url.endswith(prepared.path)
        (entry,) = talk.applied()
        assert (entry["id"], entry["route"]) == (key, route.value)
        assert holds(talk, key, "phone") == "+43 „1“ 😀"
        assert holds(talk, key, "city") is None


@pytest.mark.parametrize(
    ("field", "kind", "wish"),
    [
        ("description", T.LONG_TEXT, "a\nb"),
        ("annualrevenue", T.NUMBER, Decimal("12345678901234.25")),
        ("is_key_account", T.BOOLEAN, False),
        ("contract_end", T.DATE, date(2026, 2, 28)),
        ("last_audit_at", T.DATETIME, datetime(2026, 2, 28, 23, 59, 59, 123000, tzinfo=UTC)),
        ("hubspot_owner_id", T.TEXT, "71000008"),
        ("industry", T.LIST, "ENERGY"),
    ],
)
def test_every_kind_of_value_arrives_and_is_cleared(
    talk: Talk, field: str, kind: AttributeType, wish: Wish
) -> None:
    key = ids(talk)[0]
    described = talk.session.describe("companies").field(field)
    assert described is not None
    assert described.kind is kind
    ends = ((Route.SINGLE, wish, wish), (Route.BATCH, CLEAR, None), (Route.BATCH, wish, wish))
    for route, value, held in (*ends, (Route.SINGLE, CLEAR, None)):
        (result,) = send(talk, Write("k", key, None, (FieldWish(field, kind, value),)), route=route)
        assert (result.outcome, result.code) == (Outcome.APPLIED, "")
        assert holds(talk, key, field) == held


def test_several_checkboxes_replace_what_was_ticked(talk: Talk) -> None:
    key = ids(talk)[0]
    described = talk.session.describe("companies").field("segments")
    assert described is not None
    values = [option.value for option in described.options]
    for ticked in (tuple(values[:3]), tuple(values[2:4]), (values[0],)):
        send(talk, Write("k", key, None, (FieldWish("segments", T.MULTI_LIST, ticked),)))
        held = holds(talk, key, "segments")
        assert isinstance(held, tuple)
        assert set(held) == set(ticked)
        assert talk.session.same_value(T.MULTI_LIST, ticked, held)


@pytest.mark.parametrize("mode", ["row", "whole"])
@pytest.mark.parametrize("version", ["2026-03", "2026-09"])
def test_one_bad_row_of_a_batch_leaves_the_others_written_or_fails_it_whole(mode: str, version: str) -> None:
    with talking(5, options={"api_version": version}, switches={"invalid_in_batch": mode}) as talk:
        first, second, third = ids(talk)
        writes = [
            Write("a", first, None, wishes(phone="1")),
            Write("b", second, None, (FieldWish("industry", T.LIST, "NOPE"),)),
            Write("c", third, None, wishes(phone="3")),
        ]
        if mode == "whole":  # the engine halves it until the bad row stands alone
            with pytest.raises(InvalidRequestError) as caught:
                send(talk, *writes, route=Route.BATCH)
            assert caught.value.code == "hubspot.invalid_option"
            assert talk.applied() == []
            return
        results = send(talk, *writes, route=Route.BATCH)
        assert [(one.key, one.outcome.value) for one in results] == [
            ("a", "applied"),
            ("b", "rejected"),
            ("c", "applied"),
        ]
        assert (results[1].code, results[1].fields) == ("hubspot.invalid_option", ("industry",))
        assert "NOPE" in results[1].message
        assert {entry["id"] for entry in talk.applied()} == {first, third}


def test_a_hundred_rows_are_one_request_and_each_has_its_own_result() -> None:
    with talking(120) as talk:
        keys = ids(talk, count=99)
        writes = [Write(f"k{key}", key, None, wishes(phone=key)) for key in [*keys, "123456789"]]
        talk.exchanges.clear()
        results = send(talk, *writes, route=Route.BATCH)
        assert len(talk.exchanges) == 1
        assert [one.key for one in results] == [write.key for write in writes]
        assert [one.outcome.value for one in results] == ["applied"] * 99 + ["rejected"]
        assert results[-1].code == "hubspot.object_not_found"
        assert all(one.version is not None for one in results[:-1])


def test_a_row_the_answer_leaves_out_is_unknown(talk: Talk) -> None:
    first, second, _third = ids(talk)
    talk.fault("omit_result", object="companies", id=second)
    writes = [Write(key, key, None, wishes(phone="1")) for key in (first, second)]
    results = send(talk, *writes, route=Route.BATCH)
    assert [(one.outcome.value, one.code) for one in results] == [
        ("applied", ""),
        ("unknown", "hubspot.answer_incomplete"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("no_such_property", "x", "hubspot.property_doesnt_exist"),
        ("createdate", "2026-01-01", "hubspot.read_only_value"),
        ("industry", "nope", "hubspot.invalid_option"),
    ],
)
@pytest.mark.parametrize("form", ["both", "embedded", "details"])
def test_a_refused_value_is_named_whatever_form_the_error_has(
    field: str, value: str, code: str, form: str
) -> None:
    with talking(2, switches={"validation_errors": form}) as talk:
        key = ids(talk)[0]
        (result,) = send(talk, Write("k", key, None, wishes(**{field: value})))
        assert (result.outcome, result.code, result.fields) == (Outcome.REJECTED, code, (field,))
        assert talk.applied() == []


def test_a_value_that_the_account_changes_as_it_comes_in_is_noticed(talk: Talk) -> None:
    key = ids(talk)[0]
    (result,) = send(talk, Write("k", key, None, wishes(domain="https://WWW.Acme.example/")))
    assert (result.outcome, result.code, result.fields) == (
        Outcome.APPLIED,
        "hubspot.stored_otherwise",
        ("domain",),
    )


def test_an_address_that_another_contact_has_is_refused(talk: Talk) -> None:
    (page,) = talk.session.read(ReadQuery("contacts", ("email",), limit=2))
    (first, _, (email,)), (second, *_rest) = page.rows
    (result,) = send(
        talk, Write("k", second, None, (FieldWish("email", T.EMAIL, str(email)),)), object_name="contacts"
    )
    assert (result.outcome, result.code) == (Outcome.REJECTED, "hubspot.conflict")
    assert first in result.message


@pytest.mark.parametrize("route", [Route.SINGLE, Route.BATCH])
@pytest.mark.parametrize("object_name", ["contacts", "deals"])
def test_re_pointing_the_company_is_one_request_of_its_own(
    talk: Talk, route: Route, object_name: str
) -> None:
    key = ids(talk, object_name)[0]
    target = next(one for one in ids(talk, count=9) if one != holds(talk, key, COMPANY_FIELD, object_name))
    talk.exchanges.clear()
    write = Write("k", key, None, wishes(**{COMPANY_FIELD: target}))
    request = WriteRequest(object_name, (write,), route, is_conditional=False)
    prepared = talk.session.prepare(request)
    (result,) = talk.session.write(prepared).results
    assert result.outcome is Outcome.APPLIED
    (exchange,) = talk.exchanges
    assert exchange.request_body.encode() == prepared.body
    assert exchange.url.endswith(prepared.path)
    assert holds(talk, key, COMPANY_FIELD, object_name) == target


@pytest.mark.parametrize("route", [Route.SINGLE, Route.BATCH])
def test_clearing_the_company_takes_the_record_off_it(talk: Talk, route: Route) -> None:
    for key in ids(talk, "contacts", count=20):
        held = holds(talk, key, COMPANY_FIELD, "contacts")
        if held is not None:
            break
    talk.exchanges.clear()
    write = Write("k", key, None, (FieldWish(COMPANY_FIELD, AttributeType.TEXT, CLEAR, held),))
    request = WriteRequest("contacts", (write,), route, is_conditional=False)
    prepared = talk.session.prepare(request)
    (result,) = talk.session.write(prepared).results
    assert result.outcome is Outcome.APPLIED
    (exchange,) = talk.exchanges
    assert (exchange.request_body or "").encode() == prepared.body
    assert exchange.url.endswith(prepared.path)
    assert holds(talk, key, COMPANY_FIELD, "contacts") != held


def test_a_company_that_is_not_there_is_refused(talk: Talk) -> None:
    key = ids(talk, "contacts")[0]
    for route in (Route.SINGLE, Route.BATCH):
        write = Write("k", key, None, wishes(**{COMPANY_FIELD: "123456789"}))
        (result,) = send(talk, write, route=route, object_name="contacts")
        assert (result.outcome, result.code) == (Outcome.REJECTED, "hubspot.object_not_found")


def test_a_company_link_and_other_fields_are_refused_before_anything_is_sent(talk: Talk) -> None:
    key = ids(talk, "contacts")[0]
    talk.exchanges.clear()
    for route in (Route.SINGLE, Route.BATCH):
        with pytest.raises(InvalidRequestError, match=r"hubspot\.association_alone"):
            send(
                talk,
                Write("k", key, None, wishes(phone="1", **{COMPANY_FIELD: "7"})),
                route=route,
                object_name="contacts",
            )
    with pytest.raises(ContractBrokenError):
        send(talk, Write("k", key, None, wishes(**{COMPANY_FIELD: "7"})), object_name="companies")
    assert talk.exchanges == []


@pytest.mark.parametrize(
    ("route", "is_conditional"), [(Route.BULK, False), (Route.SINGLE, True), (Route.BATCH, True)]
)
def test_routes_that_hubspot_lacks_are_not_offered(talk: Talk, route: Route, *, is_conditional: bool) -> None:
    write = Write("k", "1", "base", wishes(phone="1"))
    with pytest.raises(ContractBrokenError):
        talk.session.prepare(WriteRequest("companies", (write,), route, is_conditional))


@pytest.mark.parametrize("route", [Route.SINGLE, Route.BATCH])
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (("limit_daily", {}), QuotaSpentError),
        (("limit_ten_seconds", {}), RateLimitedError),
        (("locked", {}), ServerBusyError),
        (("migrating", {}), ServerBusyError),
        (("status", {"status": 503}), OutcomeUnknownError),
        (("status", {"status": 502, "form": "html"}), OutcomeUnknownError),
        (("cut_after", {}), OutcomeUnknownError),
        (("cut_before", {}), OutcomeUnknownError),
    ],
)
def test_a_failing_write_is_sent_once_and_says_whether_it_may_have_happened(
    talk: Talk, route: Route, fault: tuple[str, dict[str, object]], error: type[ConnectorError]
) -> None:
    kind, facts = fault
    key = ids(talk)[0]
    write = Write("k", key, None, wishes(phone="1"))
    prepared = talk.session.prepare(WriteRequest("companies", (write,), route, is_conditional=False))
    talk.fault(kind, **facts)
    talk.exchanges.clear()
    with pytest.raises(error):
        talk.session.write(prepared)
    assert len(talk.exchanges) == 1
    assert talk.clock.waits == []
    assert len(talk.applied()) == (1 if kind == "cut_after" else 0)


def test_after_a_refresh_the_same_bytes_go_out_and_no_third_time(talk: Talk) -> None:
    key = ids(talk)[0]
    talk.newer.append(talk.running.token)
    talk.spoil_token()
    talk.exchanges.clear()
    (result,) = send(talk, Write("k", key, None, wishes(phone="1")))
    assert result.outcome is Outcome.APPLIED
    assert [one.status for one in talk.exchanges] == [401, 200]
    assert talk.exchanges[0].request_body == talk.exchanges[1].request_body
    talk.spoil_token()
    talk.newer.append("pat-na1-spoilt-too")
    talk.exchanges.clear()
    with pytest.raises(SignInRequiredError):
        send(talk, Write("k", key, None, wishes(phone="2")))
    assert [one.status for one in talk.exchanges] == [401, 401]


def test_admin_write_rules_of_2026_09_refuse_the_row() -> None:
    with talking(6, options={"api_version": "2026-09"}) as talk:
        keys = ids(talk, "deals", 2)
        write = Write("k", keys[0], None, (FieldWish("dealstage", T.LIST, "closedwon"),))
        (result,) = send(talk, write, object_name="deals")
        assert result.outcome is Outcome.REJECTED
        assert talk.applied() == []


def test_traces_are_unique_in_every_batch(talk: Talk) -> None:
    keys = ids(talk)
    send(talk, *(Write(f"row-{key}", key, None, wishes(phone="1")) for key in keys), route=Route.BATCH)
    (exchange,) = talk.asked("POST", "/batch/update")
    assert [one["objectWriteTraceId"] for one in json.loads(exchange.request_body)["inputs"]] == [
        f"row-{key}" for key in keys
    ]

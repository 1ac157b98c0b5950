"""Making records: what arrives, what is said of each, what is never made twice."""

import pytest
from plugins.hubspot.tests.talking import Talk, talking

from writeback.errors import ContractBrokenError, InvalidRequestError, OutcomeUnknownError
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import AttributeType
from writeback.sdk.connector import FieldWish, Write, WriteRequest
from writeback_hubspot.wire.describes import COMPANY_FIELD

ROUTES = [Route.SINGLE, Route.BATCH]
VERSIONS = ["2026-03", *(pytest.param(one, marks=pytest.mark.nightly) for one in ("2026-09", "v3"))]
KEYS = {"contacts": "email", "companies": "external_id", "deals": "order_number"}
NAMES = {"contacts": "lastname", "companies": "name", "deals": "dealname"}


def made(value: str, **fields: str) -> Write:
    wishes = tuple(FieldWish(name, AttributeType.TEXT, wish) for name, wish in fields.items())
    return Write(f"k:{value}", value, None, wishes)


def send(
    talk: Talk, *writes: Write, by: str = "email", name: str = "contacts", route: Route = Route.BATCH
) -> tuple[Result, ...]:
    request = WriteRequest(name, writes, route, is_conditional=False, creates_by=by)
    return talk.session.write(talk.session.prepare(request)).results


def held(
    talk: Talk, *values: str, by: str = "email", name: str = "contacts"
) -> dict[object, tuple[str, object]]:
    page = talk.session.fetch(name, by=by, keys=values, paths=(NAMES[name],))
    return {row[2][0]: (row[0], row[2][1]) for row in page.rows}


def test_the_keys_are_those_that_the_account_keeps_unique() -> None:
    with talking(3, switches={"custom_objects": "1"}) as talk:
        assert talk.session.create_keys("Contact") == ("email", "customer_number")
        assert talk.session.create_keys("companies") == ("external_id",)
        assert talk.session.create_keys("owners") == ()
        (plans,) = (one.name for one in talk.session.objects() if one.custom)
        assert talk.session.create_keys(plans) == ("plan_code",)
        fields = talk.session.describe(plans).fields
        assert [field.name for field in fields if field.is_required] == ["plan_name"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", KEYS)
def test_a_record_is_made_once_and_read_back_by_its_key(version: str, name: str) -> None:
    by, title = KEYS[name], NAMES[name]
    with talking(3, options={"api_version": version}) as talk:
        for route in ROUTES:
            key = f"{route.value}-1" if by != "email" else f"{route.value}@x.example"
            (result,) = send(talk, made(key, **{title: "Maple"}), by=by, name=name, route=route)
            assert (result.outcome, result.key, result.code) == (Outcome.APPLIED, f"k:{key}", "")
            assert result.version
            assert held(talk, key, by=by, name=name) == {key: (result.record_id, "Maple")}
            (again,) = send(talk, made(key, **{title: "Other"}), by=by, name=name, route=route)
            assert (again.outcome, again.code, again.fields) == (Outcome.CONFLICT, "create.exists", (by,))
            assert held(talk, key, by=by, name=name) == {key: (result.record_id, "Maple")}
        assert [entry["operation"] for entry in talk.applied()] == ["create", "create"]


@pytest.mark.parametrize("version", VERSIONS)
def test_one_bad_row_of_a_batch_leaves_the_others_made(version: str) -> None:
    with talking(3, options={"api_version": version}) as talk:
        send(talk, made("b@x.example", customer_number="K-9"))
        results = send(
            talk,
            made("a@x.example"),
            made("B@X.example"),  # HubSpot keeps addresses in small letters
            made("c@x.example", lifecyclestage="no such stage"),
            made("d@x.example", customer_number="k-9"),
            made("e@x.example"),
        )
        assert [(each.outcome.value, each.code) for each in results] == [
            ("applied", ""),
            ("conflict", "create.exists"),
            ("rejected", "hubspot.invalid_option"),
            ("rejected", "hubspot.conflicting_unique_value"),
            ("applied", ""),
        ]
        assert set(held(talk, *(f"{name}@x.example" for name in "abcde"))) == {
            f"{name}@x.example" for name in "abe"
        }


@pytest.mark.parametrize("form", ["both", "embedded", "details"])
@pytest.mark.parametrize("mode", ["row", "whole"])
def test_a_batch_that_is_refused_whole_makes_nothing(mode: str, form: str) -> None:
    with talking(3, switches={"invalid_in_batch": mode, "validation_errors": form}) as talk:
        send(talk, made("N-1", name="There"), by="external_id", name="companies")
        writes = (made("N-0", name="A"), made("N-1", name="B"))
        if mode == "row":
            results = send(talk, *writes, by="external_id", name="companies")
            assert [each.outcome for each in results] == [Outcome.APPLIED, Outcome.CONFLICT]
            return
        with pytest.raises(InvalidRequestError):
            send(talk, *writes, by="external_id", name="companies")
        assert len(talk.applied()) == 1
        halves = [send(talk, each, by="external_id", name="companies")[0] for each in writes]
        assert [each.outcome for each in halves] == [Outcome.APPLIED, Outcome.CONFLICT]


def test_a_contact_is_made_at_its_company_or_not_at_all(talk: Talk) -> None:
    (result, lost) = send(
        talk,
        made("a@x.example", **{COMPANY_FIELD: "98502"}),
        made("b@x.example", **{COMPANY_FIELD: "99999999"}),
    )
    page = talk.session.fetch("contacts", by="email", keys=["a@x.example"], paths=("company.hs_object_id",))
    assert [row[0] for row in page.rows] == [result.record_id]
    assert page.rows[0][2][1] == "98502"
    assert (lost.outcome, held(talk, "b@x.example")) == (Outcome.REJECTED, {})


LOST: dict[str, int] = {"cut_before": 0, "cut_after": 1}
"""What went wrong → how often the record was made."""


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("fault", LOST)
def test_a_lost_answer_is_sent_once_and_the_key_tells_what_became_of_it(
    talk: Talk, route: Route, fault: str
) -> None:
    request = WriteRequest(
        "contacts", (made("a@x.example"),), route, is_conditional=False, creates_by="email"
    )
    prepared = talk.session.prepare(request)
    talk.fault(fault, method="POST", path="/contacts")
    talk.exchanges.clear()
    with pytest.raises(OutcomeUnknownError):
        talk.session.write(prepared)
    assert [exchange.method for exchange in talk.exchanges] == ["POST"]
    assert talk.exchanges[0].request_body.encode() == prepared.body
    assert len(held(talk, "a@x.example")) == LOST[fault]
    (again,) = talk.session.write(prepared).results
    assert again.outcome is (Outcome.CONFLICT if LOST[fault] else Outcome.APPLIED)
    assert len(talk.applied()) == 1


def test_the_index_of_searches_plays_no_part_in_reading_back() -> None:
    with talking(3, switches={"search_lag_s": "3600"}) as talk:
        (result,) = send(talk, made("N-1", name="Maple"), by="external_id", name="companies")
        assert held(talk, "n-1", by="external_id", name="companies") == {"N-1": (result.record_id, "Maple")}


@pytest.mark.parametrize("name", ["owners", "contacts_to_companies"])
def test_what_is_no_record_is_not_made(talk: Talk, name: str) -> None:
    with pytest.raises(ContractBrokenError):
        send(talk, made("x"), by="hs_object_id", name=name)

"""Writing a few rows: what arrives, what is said about each, what is never done twice."""

from decimal import Decimal
from typing import Any

import pytest
from plugins.dynamics.tests.talking import Talk, talking

from writeback.errors import (
    ConnectorError,
    ContractBrokenError,
    InvalidRequestError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitedError,
    ServerBusyError,
    SignInRequiredError,
)
from writeback.model.jobs import Outcome, Route
from writeback.model.types import CLEAR, AttributeType, Wish
from writeback.sdk.connector import FieldWish, Write

A = AttributeType
BATCH = Route.BATCH


def wishes(**fields: Wish) -> tuple[FieldWish, ...]:
    return tuple(FieldWish(name, A.TEXT, wish) for name, wish in fields.items())


def accounts(talk: Talk, count: int = 3) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in talk.rows(limit=count)]


def held(talk: Talk, record_id: str, *paths: str, table: str = "account") -> Any:
    key = talk.session.describe(table).key_field
    (row,) = talk.session.fetch(table, by=key, keys=[record_id], paths=paths).rows
    return row[2][0] if len(paths) == 1 else row[2]


def write(key: str, row: tuple[str, str], **fields: Wish) -> Write:
    return Write(key, row[0], row[1], wishes(**fields))


def delete(talk: Talk, record_id: str) -> None:
    address = f"{talk.running.url}/api/data/v9.2/accounts({record_id})"
    headers = {"Authorization": f"Bearer {talk.running.token}"}
    assert talk.http.request("DELETE", address, headers=headers).status_code == 204


def test_exactly_the_prepared_bytes_are_sent_once(talk: Talk) -> None:
    (row,) = accounts(talk, 1)
    prepared = talk.prepare(write("k", row, telephone1="+43 1"), is_conditional=True)
    talk.exchanges.clear()
    (result,) = talk.session.write(prepared).results
    assert (result.key, result.outcome) == ("k", Outcome.APPLIED)
    (exchange,) = talk.exchanges
    assert (exchange.request_body.encode(), exchange.url) == (
        prepared.body,
        f"{talk.running.url}/api/data/v9.2/{prepared.path}",
    )
    (entry,) = talk.applied()
    assert (entry["id"], entry["fields"]) == (row[0], {"telephone1": "+43 1"})


def test_every_type_is_written_and_read_back(talk: Talk) -> None:
    from datetime import UTC, date, datetime  # noqa: PLC0415  used here alone

    given: dict[str, tuple[AttributeType, Wish]] = {
        "name": (A.TEXT, 'Zoë & "Söhne" 😀 O\'Hara'),
        "description": (A.LONG_TEXT, "one\r\ntwo"),
        "industrycode": (A.LIST, "7"),
        "wb_segments": (A.MULTI_LIST, ("1", "9")),
        "numberofemployees": (A.INTEGER, 12),
        "revenue": (A.CURRENCY, Decimal("12345678901.25")),
        "wb_health": (A.NUMBER, Decimal("99.50")),
        "creditonhold": (A.BOOLEAN, True),
        "wb_renewaldate": (A.DATE, date(2026, 2, 28)),
        "wb_lastreview": (A.DATETIME, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        "wb_localopening": (A.DATETIME, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
    }
    (row,) = accounts(talk, 1)
    fields = tuple(FieldWish(name, kind, wish) for name, (kind, wish) in given.items())
    (result,) = talk.send(Write("k", row[0], row[1], fields), is_conditional=True)
    assert result.outcome is Outcome.APPLIED, result
    back = held(talk, row[0], *given)
    for (name, (kind, wish)), value in zip(given.items(), back, strict=True):
        assert talk.session.same_value(kind, wish, value), name  # type: ignore[arg-type]  # no wish clears here
    clears = tuple(
        FieldWish(name, kind, CLEAR) for name, (kind, _wish) in given.items() if name != "creditonhold"
    )
    (result,) = talk.send(Write("k", row[0], None, clears))
    assert result.outcome is Outcome.APPLIED, result
    assert set(held(talk, row[0], *(field.field for field in clears))) == {None}


def test_a_lookup_is_set_moved_and_cleared(talk: Talk) -> None:
    (row,) = accounts(talk, 1)
    contact = talk.rows(table="contact", limit=1)[0][0]
    for name, target in (("primarycontactid", contact), ("wb_successmanager", user(talk))):
        talk.send(Write("k", row[0], None, wishes(**{name: target})))
        assert held(talk, row[0], name) == target
        talk.send(Write("k", row[0], None, wishes(**{name: CLEAR})))
        assert held(talk, row[0], name) is None


def user(talk: Talk) -> str:
    return str(talk.rows(table="systemuser", where="isdisabled eq false", limit=1)[0][0])


def test_an_id_in_a_polymorphic_lookup_finds_its_own_table(talk: Talk) -> None:
    contact = talk.rows(table="contact", limit=2)
    account = accounts(talk, 1)[0][0]
    for target, path in (
        (account, "parentcustomerid.name"),
        (contact[1][0], "parentcustomerid.fullname"),
    ):
        (result,) = talk.send(
            Write("k", contact[0][0], None, wishes(parentcustomerid=target)), table="contact"
        )
        assert result.outcome is Outcome.APPLIED, result
        known, title = held(talk, contact[0][0], "parentcustomerid", path, table="contact")
        assert known == target
        assert title
    talk.send(Write("k", contact[0][0], None, wishes(parentcustomerid=CLEAR)), table="contact")
    assert held(talk, contact[0][0], "parentcustomerid", table="contact") is None


def test_an_owner_is_a_person_or_a_team(talk: Talk) -> None:
    rows = accounts(talk, 2)
    owner, team = user(talk), talk.rows(table="team", limit=1)[0][0]
    results = talk.send(
        Write("a", rows[0][0], None, wishes(ownerid=owner)),
        Write("b", rows[1][0], None, wishes(ownerid=team)),
        route=BATCH,
    )
    assert [one.outcome for one in results] == [Outcome.APPLIED] * 2
    assert held(talk, rows[0][0], "ownerid", "owninguser", "owningteam") == (owner, owner, None)
    assert held(talk, rows[1][0], "ownerid", "owninguser", "owningteam") == (team, None, team)
    with pytest.raises(InvalidRequestError, match=r"dynamics\.no_such_record"):
        talk.prepare(Write("k", rows[0][0], None, wishes(ownerid=rows[1][0])))


def test_preparing_again_asks_nothing_more(talk: Talk) -> None:
    rows, owner = accounts(talk, 2), user(talk)
    both = [Write(row[0], row[0], None, wishes(ownerid=owner)) for row in rows]
    first = talk.prepare(*both, route=BATCH)
    talk.exchanges.clear()
    assert talk.prepare(*both, route=BATCH) == first
    assert talk.exchanges == []
    assert talk.another_session().prepare(first.request) == first


def test_a_state_brings_its_status_and_a_pair_that_does_not_fit_is_refused(talk: Talk) -> None:
    (row,) = accounts(talk, 1)

    def state(**values: str) -> Write:
        return Write(
            "k", row[0], None, tuple(FieldWish(name, A.LIST, value) for name, value in values.items())
        )

    assert talk.send(state(statecode="1"))[0].outcome is Outcome.APPLIED
    assert held(talk, row[0], "statecode", "statuscode") == ("1", "2")
    (result,) = talk.send(state(statecode="0", statuscode="2"))
    assert (result.outcome, result.code) == (Outcome.REJECTED, "dynamics.invalid_state_code_status_code")
    assert held(talk, row[0], "statecode") == "1"


@pytest.mark.parametrize("code", ["0x80060882", "empty"])
def test_a_row_changed_by_somebody_else_is_a_conflict_whatever_the_code(code: str) -> None:
    with talking(5, switches={"stale_code": code}) as talk:
        (row,) = accounts(talk, 1)
        talk.crm.edit("account", row[0], {"telephone1": "theirs"})
        (result,) = talk.send(write("k", row, telephone1="ours"), is_conditional=True)
        assert result.outcome is Outcome.CONFLICT
        assert talk.applied() == []


@pytest.mark.parametrize(("is_conditional", "switch"), [(True, "404"), (True, "412"), (False, "404")])
@pytest.mark.parametrize("route", [Route.SINGLE, BATCH])
def test_a_deleted_row_is_never_made_again(route: Route, *, is_conditional: bool, switch: str) -> None:
    with talking(5, switches={"missing_with_etag": switch}) as talk:
        gone, left = accounts(talk, 2)
        delete(talk, gone[0])
        count = talk.session.count("account")
        writes = [write("gone", gone, telephone1="1")]
        if route is BATCH and is_conditional:
            writes.append(write("left", left, telephone1="1"))
        (result, *_) = talk.send(*writes, route=route, is_conditional=is_conditional)
        expected = Outcome.CONFLICT if switch == "412" else Outcome.REJECTED
        assert result.outcome is expected, result
        assert talk.session.count("account") == count
        assert gone[0] not in {entry["id"] for entry in talk.applied() if entry["operation"] != "delete"}


def test_a_batch_checks_each_row_by_its_own_version(talk: Talk) -> None:
    first, second, third = accounts(talk)
    talk.crm.edit("account", second[0], {"telephone1": "theirs"})
    writes = [write(f"k{n}", row, telephone1="ours") for n, row in enumerate((first, second, third))]
    results = talk.send(*writes, route=BATCH, is_conditional=True)
    assert [(one.key, one.outcome.value) for one in results] == [
        ("k0", "applied"),
        ("k1", "conflict"),
        ("k2", "applied"),
    ]
    assert {entry["id"] for entry in talk.applied()} == {first[0], third[0]}


@pytest.mark.parametrize("lines", ["tolerant", "strict"])
def test_one_bad_row_of_a_batch_leaves_the_others_written(lines: str) -> None:
    options = {"batch_unchecked": "batch"}
    with talking(5, options=options, switches={"batch_lines": lines}) as talk:
        first, second, third = accounts(talk)
        results = talk.send(
            write("a", first, telephone1="1"),
            write("b", second, telephone1="9" * 51),
            write("c", third, telephone1="3"),
            route=BATCH,
        )
        assert [one.outcome.value for one in results] == ["applied", "rejected", "applied"]
        assert results[1].code == "dynamics.string_length_too_long"
        assert "telephone1" in results[1].message
        assert {entry["id"] for entry in talk.applied()} == {first[0], third[0]}


def test_without_a_check_one_call_writes_all_or_nothing(talk: Talk) -> None:
    first, second, third = accounts(talk)
    good = [write("a", first, telephone1="1"), write("c", third, telephone1="3")]
    talk.exchanges.clear()
    assert [one.outcome for one in talk.send(*good, route=BATCH)] == [Outcome.APPLIED] * 2
    assert len(talk.asked("POST", "UpdateMultiple")) == 1
    bad = write("b", second, telephone1="9" * 51)
    with pytest.raises(InvalidRequestError, match=r"dynamics\.string_length_too_long"):
        talk.send(write("a", first, telephone1="7"), bad, route=BATCH)
    assert held(talk, first[0], "telephone1") == "1"
    (result,) = talk.send(bad, route=BATCH)
    assert (result.outcome, result.code) == (Outcome.REJECTED, "dynamics.string_length_too_long")


def test_a_table_that_takes_no_such_message_goes_by_batch(talk: Talk) -> None:
    rows = talk.rows(table="businessunit", limit=1)
    assert rows
    both = [Write(key, rows[0][0], None, wishes(name="x")) for key in ("a", "b")]
    prepared = talk.prepare(*both, route=BATCH, table="businessunit")
    assert prepared.path == "$batch"


def test_the_version_is_asked_for_in_batches_of_a_hundred(talk: Talk) -> None:
    assert [talk.session.conditional_most(route) for route in ("single", "batch", "bulk")] == [1, 100, 0]
    (row,) = accounts(talk, 1)
    with pytest.raises(ContractBrokenError, match=r"dynamics\.no_such_route"):
        talk.prepare(write("k", row, telephone1="1"), route=Route.BULK)


def test_an_elastic_table_is_read_only(talk: Talk) -> None:
    row = talk.rows(table="wb_reading", limit=1)[0]
    with pytest.raises(InvalidRequestError, match=r"dynamics\.read_only_table"):
        talk.prepare(Write("k", row[0], row[1], wishes(wb_name="x")), table="wb_reading")


def test_after_a_refresh_the_same_call_goes_out_with_the_same_condition(talk: Talk) -> None:
    (row,) = accounts(talk, 1)
    prepared = talk.prepare(write("k", row, telephone1="ours"), is_conditional=True)
    talk.newer.append(talk.running.token)
    talk.spoil_token()
    talk.crm.edit("account", row[0], {"telephone1": "theirs"})
    talk.exchanges.clear()
    (result,) = talk.session.write(prepared).results
    assert result.outcome is Outcome.CONFLICT
    assert [e.status for e in talk.exchanges] == [401, 412]
    sent = [{name.lower(): text for name, text in e.request_headers} for e in talk.exchanges]
    assert sent[0]["if-match"] == sent[1]["if-match"] == row[1]
    assert talk.exchanges[0].request_body == talk.exchanges[1].request_body
    assert talk.applied() == []


def test_a_newer_token_that_is_refused_too_asks_for_a_sign_in_and_no_third_call(talk: Talk) -> None:
    (row,) = accounts(talk, 1)
    prepared = talk.prepare(write("k", row, telephone1="ours"))
    talk.spoil_token()
    talk.newer.append("spoilt too")
    talk.exchanges.clear()
    with pytest.raises(SignInRequiredError):
        talk.session.write(prepared)
    assert [e.status for e in talk.exchanges] == [401, 401]
    assert len(talk.refreshed) == 1


@pytest.mark.parametrize("form", ["single", "batch", "multiple"])
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (("limit_requests", {"after": 0.01}), RateLimitedError),
        (("limit_time", {"after": 0.01}), RateLimitedError),
        (("limit_concurrent", {"after": 0.01}), RateLimitedError),
        (("status", {"status": 503}), OutcomeUnknownError),
        (("status", {"status": 500, "form": "html"}), OutcomeUnknownError),
        (("cut_after", {}), OutcomeUnknownError),
        (("cut_before", {}), OutcomeUnknownError),
    ],
)
def test_a_failing_write_is_sent_once_and_says_whether_it_may_have_happened(
    talk: Talk, form: str, fault: tuple[str, dict[str, object]], error: type[ConnectorError]
) -> None:
    kind, facts = fault
    rows = accounts(talk, 1 if form == "single" else 2)
    writes = [write(row[0], row, telephone1="1") for row in rows]
    route = Route.SINGLE if form == "single" else BATCH
    prepared = talk.prepare(*writes, route=route, is_conditional=form == "batch")
    talk.fault(kind, method=prepared.method, **facts)
    talk.exchanges.clear()
    with pytest.raises(error):
        talk.session.write(prepared)
    assert len(talk.exchanges) == 1
    assert len(talk.applied()) == (len(rows) if kind == "cut_after" else 0)


@pytest.mark.parametrize("kind", ["lock_row", "deadlock"])
def test_a_row_that_was_rolled_back_may_be_sent_again(talk: Talk, kind: str) -> None:
    first, second = accounts(talk, 2)
    for route in (Route.SINGLE, BATCH):
        talk.fault(kind)
        (result,) = talk.send(write("k", first, telephone1="1"), route=route)
        assert (result.outcome, result.again) == (Outcome.REJECTED, True), result
    talk.fault(kind)
    with pytest.raises(ServerBusyError):
        talk.send(write("a", first, telephone1="1"), write("b", second, telephone1="1"), route=BATCH)
    assert talk.applied() == []


def test_what_the_environment_refuses_is_told_in_its_words(talk: Talk) -> None:
    first, second = accounts(talk, 2)
    both = [write("a", first, telephone1="1"), write("b", second, telephone1="1")]
    talk.fault("plugin", message="No phones today.")
    (result,) = talk.send(both[0])
    assert (result.code, result.message) == ("dynamics.plugin_aborted", "No phones today.")
    talk.fault("revoke_row")
    assert talk.send(both[0])[0].code == "dynamics.access_denied"
    talk.fault("revoke_row")
    with pytest.raises(InvalidRequestError, match=r"dynamics\.access_denied"):
        talk.send(*both, route=BATCH)
    talk.fault("revoke_privilege")
    with pytest.raises(PermissionDeniedError, match=r"dynamics\.privilege_denied"):
        talk.send(*both, route=BATCH)
    assert talk.applied() == []


def test_a_value_outside_a_column_is_refused_for_that_row(talk: Talk) -> None:
    (row,) = accounts(talk, 1)
    outside = Write("k", row[0], None, (FieldWish("industrycode", A.LIST, "99"),))
    assert talk.send(outside)[0].code == "dynamics.picklist_value_out_of_range"


def test_what_the_server_would_ignore_is_refused_before_it_is_sent(talk: Talk) -> None:
    (row,) = accounts(talk, 1)
    talk.fault("drift", change="locked", object="account", field="telephone1", times=None)
    talk.session.describe("account")
    with pytest.raises(InvalidRequestError, match=r"dynamics\.read_only_column"):
        talk.prepare(write("k", row, telephone1="1"))


@pytest.mark.parametrize("form", ["single", "batch", "multiple"])
def test_steering_headers_follow_the_options_on_every_way(form: str) -> None:
    options = {"bypass_logic": "CustomSync", "duplicate_detection": "detect"}
    with talking(5, options=options) as talk:
        rows = accounts(talk, 2)
        names = [row[2][0] for row in talk.rows("name", limit=2)]
        writes = [write(row[0], row, telephone1="1") for row in rows][: 1 if form == "single" else 2]
        route = Route.SINGLE if form == "single" else BATCH
        results = talk.send(*writes, route=route, is_conditional=form == "batch")
        assert {one.outcome for one in results} == {Outcome.APPLIED}
        exchange = talk.exchanges[-1]
        sent = {name.lower(): text for name, text in exchange.request_headers}
        assert sent["mscrm.bypassbusinesslogicexecution"] == "CustomSync"
        assert sent["mscrm.suppressduplicatedetection"] == "false"
        if form == "batch":
            assert exchange.request_body.count("MSCRM.SuppressDuplicateDetection: false") == 2
        (result,) = talk.send(write("k", (rows[0][0], ""), name=names[1]))
        assert result.code == "dynamics.duplicate_records_found"


@pytest.mark.parametrize("status", ["412", "500"])
def test_a_duplicate_is_refused_and_is_no_conflict(status: str) -> None:
    options = {"duplicate_detection": "detect"}
    with talking(5, options=options, switches={"duplicate_status": status}) as talk:
        rows = talk.rows("name", limit=2)
        (result,) = talk.send(write("k", (rows[0][0], rows[0][1]), name=rows[1][2][0]), is_conditional=True)
        assert (result.outcome, result.code) == (Outcome.REJECTED, "dynamics.duplicate_records_found")

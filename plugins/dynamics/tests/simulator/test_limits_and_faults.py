"""Service protection, and everything that may go wrong on demand (contract, sections 4, 5 and 14)."""

from collections import abc
from pathlib import Path

import pytest
import requests
from plugins.dynamics.tests.simulator.conftest import Client, problem

from writeback.errors import ConfigurationError
from writeback.sdk.simulator import read_applied
from writeback_dynamics.simulator import build

ANY = {"If_Match": "*"}
TIME = (
    "Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds over time window"
    " of 300 seconds. Decrease number of concurrent requests or reduce the duration of requests and try"
    " again later."
)
REQUESTS = "Number of requests exceeded the limit of {} over time window of 300 seconds."


def test_every_answer_tells_what_is_left_and_how_parallel_one_may_be(org: Client) -> None:
    one, two = org.get("WhoAmI").headers, org.get("accounts?$top=1").headers
    left = "x-ms-ratelimit-burst-remaining-xrm-requests"
    assert int(one[left]) - int(two[left]) == 1
    assert one["x-ms-dop-hint"] == "8"
    assert one["x-ms-service-request-id"] != two["x-ms-service-request-id"]
    assert "ARRAffinity" in one["Set-Cookie"]


def test_requests_are_counted_over_a_sliding_window(make: abc.Callable[..., Client]) -> None:
    org = make(limit_requests="3")
    for _time in range(3):
        assert org.get("WhoAmI").status_code == 200
        org.clock.move(seconds=10)
    answer = org.get("WhoAmI")
    assert problem(answer) == (429, "0x80072322", REQUESTS.format(3))
    assert answer.headers["Retry-After"] == "270"
    org.clock.move(seconds=270)
    assert org.get("WhoAmI").status_code == 200
    assert org.get("WhoAmI").status_code == 429


def test_pressing_on_lengthens_the_wait(make: abc.Callable[..., Client]) -> None:
    org = make(limit_requests="1")
    org.get("WhoAmI")
    waits = [int(org.get("WhoAmI").headers["Retry-After"]) for _time in range(3)]
    assert waits == [300, 301, 302]
    org.clock.move(seconds=301)
    assert org.get("WhoAmI").headers["Retry-After"] == "2"
    org.clock.move(seconds=2)
    assert org.get("WhoAmI").status_code == 200


def test_execution_time_and_requests_at_once_are_counted_too(make: abc.Callable[..., Client]) -> None:
    org = make(limit_time_ms="0")
    assert org.get("WhoAmI").status_code == 200
    assert problem(org.get("WhoAmI"))[:2] == (429, "0x80072321")
    org.clock.move(seconds=301)
    assert org.get("WhoAmI").status_code == 200
    assert problem(make(limit_concurrent="0").get("WhoAmI"))[:2] == (429, "0x80072326")


def test_a_batch_counts_once_and_users_are_counted_apart(make: abc.Callable[..., Client]) -> None:
    org = make(limit_requests="1")
    assert org.batch(*[org.part("GET", "WhoAmI")] * 20).status_code == 200
    assert org.get("WhoAmI").status_code == 429
    assert org.get("WhoAmI", MSCRMCallerID=org.id("systemuser", 3)).status_code == 200


@pytest.mark.parametrize(
    ("kind", "code", "text"),
    [
        ("limit_requests", "0x80072322", REQUESTS.format(6000)),
        (
            "limit_time",
            "0x80072321",
            TIME,
        ),
        ("limit_concurrent", "0x80072326", "Number of concurrent requests exceeded the limit of 52."),
    ],
)
def test_each_limit_has_its_code_and_states_the_wait_or_not(
    org: Client, kind: str, code: str, text: str
) -> None:
    org.arm(kind=kind, after=7)
    org.arm(kind=kind, after=None)
    with_wait, without = org.get("WhoAmI"), org.get("WhoAmI")
    assert problem(with_wait) == problem(without) == (429, code, text)
    assert (with_wait.headers["Retry-After"], "Retry-After" in without.headers) == ("7", False)
    assert org.get("WhoAmI").status_code == 200


def test_the_chassis_throttle_speaks_the_vendors_language(org: Client) -> None:
    org.arm(kind="throttle", requests=1, window_s=60, retry_after=True)
    assert org.get("WhoAmI").status_code == 200
    answer = org.get("WhoAmI")
    assert problem(answer)[:2] == (429, "0x80072322")
    assert 0 < int(answer.headers["Retry-After"]) <= 60


@pytest.mark.parametrize(
    ("fault", "status", "code", "text"),
    [
        ({"kind": "deadlock"}, 500, "0x80044150", "Sql Number: 1205"),
        ({"kind": "lock_row"}, 500, "0x80044151", "Sql error: SQL timeout expired."),
        ({"kind": "plugin", "message": "No! <b>"}, 400, "0x80040265", "No! <b>"),
        (
            {"kind": "revoke_privilege"},
            403,
            "0x80040220",
            "is missing prvWriteAccount privilege on OTC=1 for entity",
        ),
        ({"kind": "revoke_row"}, 403, "0x80048306", "does not have WriteAccess right(s) for record with id"),
        ({"kind": "revoke_field", "field": "name"}, 403, "0x8004f507", "account.name"),
        ({"kind": "stale_row"}, 412, "0x80060882", "The version of the existing record doesn't match"),
    ],
)
def test_a_row_is_refused_on_demand(
    org: Client, fault: dict[str, object], *, status: int, code: str, text: str
) -> None:
    org.arm(**{"object": "account", "id": org.id("account"), "times": 1, **fault})
    sent = {"If_Match": org.etag("account")}
    assert org.patch(org.path("contact"), {"description": "x"}, **ANY).status_code == 204
    answer = org.patch(org.path("account"), {"name": "x"}, **sent)
    assert problem(answer)[:2] == (status, code)
    assert text in problem(answer)[2]
    assert [entry["id"] for entry in org.applied()] == [org.id("contact")]
    assert org.patch(org.path("account"), {"name": "x"}, **sent).status_code == 204


def test_faults_of_rows_befall_single_parts_of_a_batch(org: Client) -> None:
    org.arm(kind="deadlock", object="account", id=org.id("account", 1))
    parts = [org.part("PATCH", org.path("account", row), {"name": "x"}, If_Match="*") for row in range(3)]
    answer = org.batch(*parts, prefer="odata.continue-on-error")
    assert "0x80044150" in answer.text
    assert [entry["id"] for entry in org.applied()] == [org.id("account", 0), org.id("account", 2)]


def test_somebody_edits_just_before_our_write(org: Client) -> None:
    sent = {"If_Match": org.etag("account")}
    org.arm(kind="concurrent_edit", object="account", id=org.id("account"), fields={"name": "theirs"})
    assert org.patch(org.path("account"), {"name": "ours"}, **sent).status_code == 412
    [entry] = org.applied()
    assert (entry["route"], entry["fields"]) == ("foreign", {"name": "theirs"})
    assert org.get(f"{org.path('account')}?$select=name").json()["name"] == "theirs"


def test_an_edit_by_somebody_else_comes_through_the_control_door(org: Client) -> None:
    owner = org.id("systemuser", 9)
    body = {"object": "account", "id": org.id("account"), "fields": {"name": "theirs", "ownerid": owner}}
    door = f"{org.running.url}/__simulator__/edit"
    before = org.etag("account")
    assert org.http.post(door, json=body, timeout=30).status_code == 200
    assert org.etag("account") != before
    row = org.get(f"{org.path('account')}?$select=name,_ownerid_value,_modifiedby_value").json()
    assert (row["name"], row["_ownerid_value"]) == ("theirs", owner)
    assert row["_modifiedby_value"] == org.id("systemuser", 5)
    unknown = org.http.post(door, json=body | {"fields": {"nope": 1}}, timeout=30)
    assert (unknown.status_code, unknown.json()["error"]) == (400, "simulator.edit_refused")
    missing = org.http.post(door, json=body | {"id": "x"}, timeout=30)
    assert missing.json()["error"] == "simulator.no_such_record"


@pytest.mark.parametrize(("kind", "is_written"), [("cut_before", False), ("cut_after", True)])
def test_a_connection_breaks_before_or_after_the_write(
    org: Client, tmp_path: Path, kind: str, is_written: bool
) -> None:
    org.arm(kind=kind, method="PATCH")
    with pytest.raises(requests.ConnectionError):
        org.patch(org.path("account"), {"name": "x"}, **ANY)
    assert len(org.applied()) == int(is_written)
    assert len(list(read_applied(tmp_path / "applied0.jsonl"))) == int(is_written)


def test_servers_fail_in_json_and_in_html(org: Client) -> None:
    org.arm(kind="status", status=503)
    org.arm(kind="status", status=503, form="html")
    assert problem(org.get("WhoAmI"))[0] == 503
    assert org.get("WhoAmI").headers["Content-Type"] == "text/html"


@pytest.mark.parametrize(
    ("form", "wanted"), [("full", "Bearer authorization_uri="), ("bare", "Bearer"), ("none", "")]
)
def test_without_a_living_token_there_is_a_challenge(
    make: abc.Callable[..., Client], form: str, wanted: str
) -> None:
    org = make(challenge=form)
    answer = org.get("WhoAmI", Authorization="Bearer nope")
    assert answer.status_code == 401
    assert answer.headers.get("WWW-Authenticate", "").startswith(wanted)
    org.arm(kind="token_refused")
    assert [org.get("WhoAmI").status_code, org.get("WhoAmI").status_code] == [401, 200]
    org.arm(kind="expire_token")
    assert [org.get("WhoAmI").status_code, org.get("WhoAmI").status_code] == [401, 401]


def test_unknown_options_and_faults_are_refused(org: Client) -> None:
    for options in ({"nope": "1"}, {"stale_code": "nope"}, {"limit_requests": "many"}):
        with pytest.raises(ConfigurationError):
            build(rows=1, options=options)
    with pytest.raises(ConfigurationError):
        org.arm(kind="nope")


def test_it_starts_empty_and_large(make: abc.Callable[..., Client]) -> None:
    assert make(rows=0).rows("accounts?$select=name") == []
    large = make(rows=100_000)
    [row] = large.rows("accounts?$select=name&$filter=accountnumber eq 'a-0099999'")
    assert row["accountid"] == large.id("account", 99_999)
    assert large.get(f"accounts(wb_externalid='EXT{54321:07d}')?$select=name").status_code == 200

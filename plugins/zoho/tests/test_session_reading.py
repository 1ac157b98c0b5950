"""Reading against the simulator: complete, in pages, to any depth, changed ones, deleted ones."""

import json
from datetime import timedelta

import pytest
from plugins.zoho.tests.making import field, record_id
from plugins.zoho.tests.scripting import Scripted, access_of, scripted
from plugins.zoho.tests.talking import START, Talk, talking

from writeback.errors import (
    InvalidRequestError,
    LinkLostError,
    MappingError,
    PermissionDeniedError,
    QuotaSpentError,
    RateLimitedError,
    RetryableError,
    SignInRequiredError,
)
from writeback.model.connections import Environment
from writeback.model.fieldpaths import FieldPath
from writeback.model.filters import Comparison, Every, Operator
from writeback.sdk.connector import ReadQuery
from writeback.sdk.values import Row
from writeback_zoho.session import ZohoSession
from writeback_zoho.session.calls import Calls


def read(session: ZohoSession, query: ReadQuery) -> list[tuple[str, str | None, Row]]:
    return [row for page in session.read(query) for row in page.rows]


def test_who_answers(talk: Talk) -> None:
    org = talk.session.whoami()
    assert org.id.isdecimal()
    assert "@" in org.user
    assert (org.environment, org.edition) == (Environment.TEST, "enterprise")


def test_modules_and_users_are_listed_and_described(talk: Talk) -> None:
    names = {one.name: one for one in talk.session.objects()}
    assert {"Accounts", "Contacts", "users"} <= set(names)
    info = talk.session.describe("accounts")
    owner, formula = info.field("Owner"), info.field("Value_per_Seat")
    assert owner is not None
    assert formula is not None
    assert owner.is_updateable
    assert not formula.is_updateable
    assert talk.session.describe("users").field("email") is not None
    with pytest.raises(InvalidRequestError, match=r"zoho\.no_such_module"):
        talk.session.describe("Nope")


def test_all_rows_come_once_and_those_past_two_thousand_by_token() -> None:
    with talking(2_250) as talk:
        rows = read(talk.session, ReadQuery("Accounts", ("Account_Name",)))
        assert len({row[0] for row in rows}) == len(rows) == 2_250 == talk.session.count("Accounts")
        pages = talk.asked("GET", "/crm/v8/Accounts?")
        assert len(pages) == 12
        assert "page_token" in pages[-1].url
        assert talk.asked("POST", "/coql") == []


def test_a_condition_reads_two_thousand_rows_a_call() -> None:
    with talking(2_250) as talk:
        rows = read(
            talk.session, ReadQuery("Accounts", ("Account_Name",), filter="id is not null or id is null")
        )
        assert len({row[0] for row in rows}) == len(rows) == 2_250
        assert len(talk.asked("POST", "/coql")) == 2
        assert talk.session.count("Accounts", "id is not null") == 2_250


def test_no_rows_is_no_page(talk: Talk) -> None:
    assert read(talk.session, ReadQuery("Accounts", ("Phone",), filter="Account_Name = 'nobody''s'")) == []
    assert talk.session.count("Accounts", "Account_Name = 'nobody''s'") == 0


@pytest.mark.parametrize("lookup", ["id", "name_and_id"])
def test_paths_lead_to_any_depth_whatever_the_way(lookup: str) -> None:
    paths = (
        "Account_Name",
        "Account_Name.Account_Name",
        "Account_Name.Owner.email",
        "Account_Name.Parent_Account.Account_Name",
        "Account_Name.Parent_Account.Owner.email",
        "Owner.full_name",
    )
    with talking(40, switches={"coql_lookup": lookup}) as talk:
        whole = read(talk.session, ReadQuery("Contacts", paths))
        one_by_one = [read(talk.again(), ReadQuery("Contacts", (path,))) for path in paths]
        filtered = read(talk.again(), ReadQuery("Contacts", paths, filter="id is not null"))
    assert whole == filtered
    assert [row[2] for row in whole] == list(
        zip(*[[r[2][0] for r in rows] for rows in one_by_one], strict=True)
    )
    assert all(any(row[2][at] for row in whole) for at in (0, 1, 2, 5))


def test_an_owners_mail_costs_no_further_call(talk: Talk) -> None:
    talk.session.describe("Accounts")
    talk.exchanges.clear()
    rows = read(talk.session, ReadQuery("Accounts", ("Owner.email",)))
    assert all("@" in str(row[2][0]) for row in rows)
    assert len(talk.exchanges) == 1


def test_more_fields_than_one_read_carries_are_put_together(talk: Talk) -> None:
    info = talk.session.describe("Accounts")
    names = tuple(one.name for one in info.fields if one.kind is not None)
    by_list = read(talk.session, ReadQuery("Accounts", names))
    by_query = read(talk.session, ReadQuery("Accounts", names, filter="id is not null"))
    assert by_list == by_query
    assert len(by_list) == 30
    many = names * 2
    assert [row[2] for row in read(talk.session, ReadQuery("Accounts", many))] == [r[2] * 2 for r in by_list]


def test_a_limit_ends_the_read(talk: Talk) -> None:
    assert len(read(talk.session, ReadQuery("Accounts", ("Phone",), limit=7))) == 7
    assert len(read(talk.session, ReadQuery("Accounts", ("Phone",), filter="id is not null", limit=7))) == 7


@pytest.mark.parametrize("condition", ["", "id is not null"])
def test_only_changed_rows_are_read_since_a_version(talk: Talk, condition: str) -> None:
    ids = talk.ids()
    since = (START - timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    query = ReadQuery("Accounts", ("Phone",), filter=condition, since=since)
    assert read(talk.session, query) == []
    talk.running.crm.edit("Accounts", ids[3], {"Phone": "theirs"})
    assert [(row[0], row[1], row[2]) for row in read(talk.session, query)] == [
        (ids[3], "2026-11-24T12:00:30Z", ("theirs",))
    ]


def test_deleted_rows_are_told_since_a_version(talk: Talk) -> None:
    ids = talk.ids()
    since = START.isoformat().replace("+00:00", "Z")
    assert list(talk.session.read_deletes("Accounts", since=since)) == []
    talk.clock.pass_by(minutes=1)
    http, token = talk.access.http, talk.running.token
    headers = {"Authorization": f"Zoho-oauthtoken {token}"}
    http.request("DELETE", f"{talk.running.url}/crm/v8/Accounts?ids={ids[2]}", headers=headers)
    assert [one for page in talk.session.read_deletes("Accounts", since=since) for one in page] == [ids[2]]
    later = (START + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    assert list(talk.session.read_deletes("Accounts", since=later)) == []
    assert list(talk.session.read_deletes("users", since=since)) == []


def test_records_are_fetched_by_id_and_missing_ones_left_out(talk: Talk) -> None:
    ids = talk.ids()
    page = talk.session.fetch(
        "Accounts", by="id", keys=[ids[1], record_id(9), "x", ids[0]], paths=("Owner.email",)
    )
    assert page.columns == ("Owner.email",)
    assert {row[0] for row in page.rows} == set(ids[:2])
    assert all(row[1] is not None for row in page.rows)
    assert talk.session.fetch("Accounts", by="id", keys=[], paths=("Phone",)).rows == []


def test_records_are_fetched_by_a_unique_field(talk: Talk) -> None:
    rows = read(
        talk.session, ReadQuery("Accounts", ("External_Id", "Account_Name"), filter="External_Id is not null")
    )
    wanted = [str(row[2][0]) for row in rows[:3]]
    page = talk.session.fetch("Accounts", by="External_Id", keys=[*wanted, "nix'"], paths=("Account_Name",))
    assert page.columns == ("External_Id", "Account_Name")
    assert sorted(page.rows) == sorted((row[0], row[1], (row[2][0], row[2][1])) for row in rows[:3])
    with pytest.raises(InvalidRequestError):
        talk.session.fetch("Accounts", by="Segments", keys=["a"], paths=("Phone",))


def test_users_are_read_counted_and_fetched_like_records(talk: Talk) -> None:
    rows = read(talk.session, ReadQuery("users", ("email", "status")))
    assert {str(row[2][1]) for row in rows} == {"active", "inactive"}
    assert talk.session.count("users") == len(rows)
    page = talk.session.fetch("users", by="id", keys=[rows[0][0]], paths=("email",))
    assert page.rows == [(rows[0][0], None, (rows[0][2][0],))]
    by_mail = talk.session.fetch("users", by="email", keys=[str(rows[0][2][0]).upper()], paths=("status",))
    assert [row[0] for row in by_mail.rows] == [rows[0][0]]
    with pytest.raises(InvalidRequestError, match=r"zoho\.no_filter_on_users"):
        read(talk.session, ReadQuery("users", ("email",), filter="id is not null"))


def test_users_are_found_by_mail_and_inactive_ones_are_marked(talk: Talk) -> None:
    rows = read(talk.session, ReadQuery("users", ("email", "status")))
    gone = next(str(row[2][0]) for row in rows if row[2][1] == "inactive")
    here = next(str(row[2][0]) for row in rows if row[2][1] == "active")
    found = talk.session.find("users", by="Email", values=[gone, here.upper(), "nobody@x.example"])
    assert [one.is_active for one in found[gone]] == [False]
    assert [one.is_active for one in found[here.upper()]] == [True]
    assert found["nobody@x.example"] == ()


def test_records_are_found_by_id_and_by_a_field(talk: Talk) -> None:
    ids = talk.ids()
    by_id = talk.session.find("Accounts", by="id", values=[ids[0], "x"])
    assert [(one.id, one.object) for one in by_id[ids[0]]] == [(ids[0], "Accounts")]
    title = by_id[ids[0]][0].title
    by_name = talk.session.find("Accounts", by="Account_Name", values=[title, "no such o'name"])
    assert ids[0] in [one.id for one in by_name[title]]
    assert by_name["no such o'name"] == ()
    assert talk.session.record_id(f" {ids[0]} ") == ids[0]
    assert talk.session.record_id("x") is None


def test_a_compiled_condition_selects_what_it_says(talk: Talk) -> None:
    info = talk.session.describe("Accounts")
    rows = read(talk.session, ReadQuery("Accounts", ("Industry", "Owner.email", "Seats", "Active")))
    industry, mail = next((str(r[2][0]), str(r[2][1])) for r in rows if r[2][0])
    condition = Every(
        (
            Comparison(FieldPath.parse("Industry"), Operator.ONE_OF, (industry, "o'x")),
            Comparison(FieldPath.parse("Owner.email"), Operator.EQUALS, (mail,)),
            Comparison(FieldPath.parse("Account_Name"), Operator.IS_FILLED),
        )
    )
    text = talk.session.compile_filter(info, condition)
    found = {row[0] for row in read(talk.session, ReadQuery("Accounts", ("Industry",), filter=text))}
    assert found == {row[0] for row in rows if row[2][0] == industry and row[2][1] == mail}
    differs = Comparison(FieldPath.parse("Industry"), Operator.DIFFERS, (industry,))
    text = talk.session.compile_filter(info, differs)
    found = {row[0] for row in read(talk.session, ReadQuery("Accounts", ("Industry",), filter=text))}
    assert found == {row[0] for row in rows if row[2][0] != industry}
    active = talk.session.compile_filter(
        info, Comparison(FieldPath.parse("Active"), Operator.EQUALS, (True,))
    )
    found = {row[0] for row in read(talk.session, ReadQuery("Accounts", ("Active",), filter=active))}
    assert found == {row[0] for row in rows if row[2][3] is True}
    with pytest.raises(MappingError):
        talk.session.compile_filter(talk.session.describe("users"), differs)


def test_a_condition_reaches_through_objects_that_nobody_described_yet(talk: Talk) -> None:
    info = talk.session.describe("Contacts")
    rows = read(talk.session, ReadQuery("Contacts", ("Account_Name.Industry",)))
    industry = next(str(row[2][0]) for row in rows if row[2][0])
    condition = Comparison(FieldPath.parse("Account_Name.Industry"), Operator.EQUALS, (industry,))
    text = talk.again().compile_filter(info, condition)
    found = {row[0] for row in read(talk.session, ReadQuery("Contacts", ("Email",), filter=text))}
    assert found == {row[0] for row in rows if row[2][0] == industry}


def test_a_condition_that_is_no_coql_is_refused_in_zohos_words(talk: Talk) -> None:
    with pytest.raises(InvalidRequestError) as told:
        read(talk.session, ReadQuery("Accounts", ("Phone",), filter="Industry ="))
    assert told.value.code in ("zoho.syntax_error", "zoho.invalid_query")


def test_a_lost_answer_of_a_query_is_asked_for_again(talk: Talk) -> None:
    talk.session.describe("Accounts")
    talk.fault("cut_after", method="POST", path="coql")
    assert talk.session.count("Accounts", "id is not null") == 30
    talk.fault("status", status=503, method="POST", path="coql", times=2)
    assert talk.session.count("Accounts", "id is not null") == 30
    assert talk.waits == [0.5, 0.5, 1.0]
    talk.fault("cut_after", method="POST", path="coql", times=4)
    with pytest.raises(RetryableError, match=r"zoho\.read_unanswered"):
        talk.session.count("Accounts", "id is not null")
    assert talk.waits[3:] == [0.5, 1.0, 2.0]


def test_a_query_is_asked_again_after_a_limit_but_not_after_the_days_quota() -> None:
    waits: list[float] = []
    count = {"data": [{"COUNT(id)": 7}], "info": {"more_records": False}}
    http = Scripted([(429, {"code": "TOO_MANY_REQUESTS"}), (200, count)])
    assert Calls(access_of(http), sleep=waits.append).query("select COUNT(id) from Accounts").status == 200
    assert waits == [0.5]
    http = Scripted([(429, {"code": "TOO_MANY_REQUESTS"})], left="0")
    with pytest.raises(QuotaSpentError):
        Calls(access_of(http), sleep=waits.append).query("select COUNT(id) from Accounts")
    http = Scripted([(400, {"code": "EXPIRED_VALUE"})])
    with pytest.raises(RetryableError, match=r"zoho\.expired_value"):
        Calls(access_of(http), sleep=waits.append).query("select COUNT(id) from Accounts")
    http = Scripted([LinkLostError("link.waiting", after=60.0)])
    with pytest.raises(RetryableError, match=r"link\.waiting"):
        Calls(access_of(http), sleep=waits.append).query("select COUNT(id) from Accounts")
    assert waits == [0.5]


def test_a_limit_without_a_stated_wait_is_told_as_one(talk: Talk) -> None:
    talk.session.describe("Accounts")
    talk.fault("limit_concurrent", method="GET", path="Accounts")
    with pytest.raises(RateLimitedError, match=r"zoho\.too_many_requests"):
        talk.session.fetch("Accounts", by="id", keys=["5"], paths=("Phone",))


@pytest.mark.parametrize("code", ["INVALID_TOKEN", "AUTHENTICATION_FAILURE", "INVALID_OAUTHTOKEN"])
def test_a_dead_token_is_renewed_once_whatever_its_code(code: str) -> None:
    with talking(5, switches={"dead_token": code}) as talk:
        talk.newer.append(talk.running.token)
        talk.spoil_token()
        assert talk.session.count("Accounts") == 5
        assert talk.refreshed == ["1000.spoilt"]
        talk.newer.append("1000.spoilt too")
        talk.spoil_token()
        with pytest.raises(SignInRequiredError):
            talk.session.count("Accounts")


def test_a_missing_scope_is_no_reason_to_refresh(talk: Talk) -> None:
    talk.fault("scope_mismatch")
    with pytest.raises(PermissionDeniedError, match=r"zoho\.oauth_scope_mismatch"):
        talk.session.objects()
    assert talk.refreshed == []


def test_a_token_that_may_not_ask_for_users_leaves_the_user_blank(talk: Talk) -> None:
    talk.fault("scope_mismatch", path="/users")
    assert talk.session.whoami().user == ""


def test_used_credits_are_told_from_half_on_and_our_own_share_before() -> None:
    with talking(5, switches={"credits_per_day": "40"}, options={"daily_credits": "40"}) as talk:
        (early,) = talk.session.usage()
        assert (early.used, early.most) == (1, 40)
        for _call in range(25):
            talk.session.whoami()
        (late,) = talk.session.usage()
        assert late.most == 40
        assert late.used >= 20
        assert late.kind != early.kind


def page(number: int, *, more: bool, token: str | None = None) -> tuple[int, object]:
    rows = [{"id": record_id(number), "Number": str(number)}]
    return 200, {"data": rows, "info": {"more_records": more, "next_page_token": token}}


def test_where_the_list_ends_a_query_goes_on_after_the_last_id() -> None:
    refused = (400, {"code": "PAGINATION_LIMIT_EXCEEDED", "details": {}, "message": "m", "status": "error"})
    session, http = scripted(page(1, more=True, token="t"), refused, page(2, more=False))
    rows = read(session, ReadQuery("Accounts", ("Number",), since="2026-11-24T12:00:00Z"))
    assert [row[0] for row in rows] == [record_id(1), record_id(2)]
    body = json.loads(http.asked[-1][2]["data"])  # type: ignore[arg-type]  # the bytes of a query
    text = str(body["select_query"])
    assert text.startswith("select id, Modified_Time, Number from Accounts where ")
    where = f"(Modified_Time >= '2026-11-24T11:55:00+00:00' and id > {record_id(1)})"
    assert text.endswith(f"{where} order by id asc limit 2000")


def test_without_tokens_the_query_takes_over_at_two_thousand_rows() -> None:
    pages = [page(number, more=True) for number in range(1, 11)]
    session, http = scripted(*pages, page(11, more=False))
    assert len(read(session, ReadQuery("Accounts", ("Number",)))) == 11
    assert [method for method, _url, _options in http.asked].count("POST") == 1


def test_another_refusal_of_a_page_ends_the_read() -> None:
    session, _http = scripted(page(1, more=True), (400, {"code": "INVALID_REQUEST"}))
    with pytest.raises(InvalidRequestError, match=r"zoho\.invalid_request"):
        read(session, ReadQuery("Accounts", ("Number",)))
    session, _http = scripted(page(1, more=True, token="t"), (400, {"code": "EXPIRED_VALUE"}))
    with pytest.raises(RetryableError):
        read(session, ReadQuery("Accounts", ("Number",)))


def test_pages_of_a_query_that_do_not_go_on_by_id_are_not_followed() -> None:
    session, _http = scripted(page(1, more=True), page(1, more=True))
    with pytest.raises(InvalidRequestError, match=r"zoho\.unreadable_answer"):
        read(session, ReadQuery("Accounts", ("Number",), filter="id is not null"))


WIDE = [field(f"F{number}") for number in range(120)]


def narrow(names: str, number: int = 1) -> dict[str, object]:
    """A record that holds the fields that were asked for, each with its own name as value."""
    return {"id": record_id(number)} | {
        name: name for name in names.replace(" ", "").split(",") if name != "id"
    }


@pytest.mark.parametrize("condition", ["", "id is not null"])
def test_a_hundred_and_twenty_fields_are_read_fifty_at_a_time(condition: str) -> None:
    names = tuple(f"F{number}" for number in range(120))
    first = 49 if condition else 50
    chunks = [names[:first], names[first : first + 50], names[first + 50 :]]
    answers = [(200, {"data": [narrow(",".join(chunk))], "info": {}}) for chunk in chunks]
    session, http = scripted(*answers, fields=WIDE)
    assert read(session, ReadQuery("Accounts", names, filter=condition)) == [(record_id(1), None, names)]
    asked = [str(options.get("params", options.get("data"))) for _method, _url, options in http.asked[2:]]
    assert [text.count("F") for text in asked] == [len(chunk) for chunk in chunks]


def test_a_record_deleted_between_two_groups_of_fields_is_left_out() -> None:
    names = tuple(f"F{number}" for number in range(60))
    both = {"data": [narrow(",".join(names[:50])), narrow(",".join(names[:50]), 2)], "info": {}}
    session, _http = scripted((200, both), (200, {"data": [narrow(",".join(names[50:]), 2)]}), fields=WIDE)
    assert [row[0] for row in read(session, ReadQuery("Accounts", names))] == [record_id(2)]
    session, _http = scripted((200, both), (204, None), fields=WIDE)
    assert session.fetch("Accounts", by="id", keys=[record_id(1)], paths=names).rows == []


def test_keys_of_a_wide_read_are_completed_by_id() -> None:
    names = tuple(f"F{number}" for number in range(60))
    told = {"data": [narrow(",".join(names[:49]))], "info": {}}
    rest = {"data": [narrow(",".join(names[49:]))]}
    session, _http = scripted((200, told), (200, rest), fields=WIDE)
    page_ = session.fetch("Accounts", by="F0", keys=["F0"], paths=names)
    assert page_.rows == [(record_id(1), None, ("F0", *names))]

"""Reading: who answers, what there is, rows by pull, by key and by reference."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from plugins.dynamics.tests.talking import Talk, talking

from writeback.errors import (
    ConfigurationError,
    InvalidRequestError,
    MappingError,
    RateLimitedError,
    RetryableError,
    ServerBusyError,
    SignInRequiredError,
)
from writeback.model.connections import Environment
from writeback.model.fieldpaths import FieldPath
from writeback.model.filters import Comparison, Every, Filter, Operator, Some
from writeback.model.types import AttributeType, Value
from writeback.sdk.connector import ReadQuery

Op = Operator


def compare(path: str, operator: Operator, *values: Value) -> Comparison:
    return Comparison(FieldPath.parse(path), operator, values)


def test_who_answers_has_an_id_a_name_and_a_user(talk: Talk) -> None:
    org = talk.session.whoami()
    assert len(org.id) == 36
    assert "@" in org.user
    assert org.name == talk.running.url.partition("://")[2]  # this organisation's name may not be read
    assert org.environment is Environment.TEST  # on loopback


def test_tables_are_listed_and_described(talk: Talk) -> None:
    names = {info.name for info in talk.session.objects()}
    assert {"account", "contact", "lead", "opportunity", "systemuser", "team"} <= names
    account = talk.session.describe("account")
    assert (account.key_field, account.name_field, account.is_updateable) == ("accountid", "name", True)
    fields = {field.name: field for field in account.fields}
    assert fields["wb_segments"].kind is AttributeType.MULTI_LIST
    assert fields["wb_renewaldate"].kind is AttributeType.DATE
    assert (fields["revenue"].kind, fields["revenue"].scale) == (AttributeType.CURRENCY, 2)
    reference = fields["wb_successmanager"].reference
    assert reference is not None
    assert reference.relationship == "wb_SuccessManager"
    assert (fields["wb_score"].is_updateable, fields["wb_score"].is_calculated) == (False, True)
    assert fields["wb_externalid"].is_unique
    assert not fields["telephone1"].is_unique  # its index is not ready
    assert not talk.session.describe("wb_reading").is_updateable  # elastic


def test_describing_again_asks_again(talk: Talk) -> None:
    talk.session.describe("account")
    talk.fault("drift", change="locked", object="account", field="name", times=None)
    field = talk.session.describe("account").field("name")
    assert field is not None
    assert not field.is_updateable


def test_a_table_is_described_in_one_call_for_all_and_one_for_itself(talk: Talk) -> None:
    talk.session.describe("account")
    assert [(e.method, e.url.partition("/v9.2/")[2].partition("?")[0]) for e in talk.exchanges] == [
        ("GET", "EntityDefinitions"),
        ("POST", "$batch"),
    ]


@pytest.mark.parametrize("kind", ["cut_after", "cut_before"])
def test_a_lost_answer_to_a_question_may_be_asked_again(talk: Talk, kind: str) -> None:
    talk.fault(kind, method="POST", times=4)
    with pytest.raises(RetryableError, match=r"dynamics\.read_unanswered"):
        talk.session.describe("account")
    assert talk.session.describe("account").fields


def test_what_is_not_there_is_named(talk: Talk) -> None:
    with pytest.raises(InvalidRequestError, match=r"dynamics\.unknown_table"):
        talk.session.describe("nope")
    with pytest.raises(InvalidRequestError, match=r"dynamics\.unknown_column"):
        talk.rows("name", "nope")
    with pytest.raises(InvalidRequestError, match=r"dynamics\.bad_query"):
        talk.rows("name", where="nope eq 1")


def test_all_pages_are_read_and_none_twice() -> None:
    with talking(57, options={"page_size": "10"}) as talk:
        pages = list(talk.session.read(ReadQuery("account", ("name",))))
        assert [len(page.rows) for page in pages] == [10, 10, 10, 10, 10, 7]
        ids = [row[0] for page in pages for row in page.rows]
        assert len(set(ids)) == 57
        assert all(row[1].startswith('W/"') for page in pages for row in page.rows if row[1])


@pytest.mark.parametrize("limit", [0, 1, 10, 13])
def test_a_limit_is_kept(limit: int) -> None:
    with talking(30, options={"page_size": "10"}) as talk:
        assert len(talk.rows("name", limit=limit)) == limit


def test_values_arrive_as_their_type_and_paths_lead_to_other_rows(talk: Talk) -> None:
    rows = talk.rows(
        "name",
        "industrycode",
        "revenue",
        "wb_renewaldate",
        "modifiedon",
        "wb_segments",
        "creditonhold",
        "ownerid",
        "ownerid.internalemailaddress",
        "ownerid.name",
        "primarycontactid.ownerid.internalemailaddress",
        "primarycontactid.parentcustomerid.name",
        limit=30,
    )
    columns = list(zip(*(row[2] for row in rows), strict=True))
    kinds = [{type(value) for value in column if value is not None} for column in columns]
    assert kinds[:7] == [{str}, {str}, {Decimal}, {date}, {datetime}, {tuple}, {bool}]
    owners = list(zip(columns[7], columns[8], columns[9], strict=True))
    assert all(owner and (email is None) != (team is None) for owner, email, team in owners)
    assert any(email for email in columns[8])
    assert any(email and "@" in str(email) for email in columns[10])
    assert any(columns[11])


def test_rows_are_counted_exactly() -> None:
    with talking(30) as talk:
        assert talk.session.count("account") == 30
        assert talk.session.count("account", "industrycode eq 4") == len(
            talk.rows("name", where="industrycode eq 4", limit=30)
        )


def test_more_rows_than_the_server_counts_are_counted_by_their_ids() -> None:
    with talking(5_003) as talk:
        assert talk.session.count("account") == 5_003


def test_rows_are_fetched_by_id_by_key_and_by_lookup(talk: Talk) -> None:
    rows = talk.rows("name", "wb_externalid", "ownerid", limit=3)
    ids = [row[0] for row in rows]
    page = talk.session.fetch(
        "account", by="accountid", keys=[*ids, "no id", ids[0].upper()], paths=("name",)
    )
    assert {row[0]: row[2] for row in page.rows} == {row[0]: (row[2][0],) for row in rows}
    assert page.columns == ("name",)
    key = rows[1][2][1]
    page = talk.session.fetch("account", by="WB_ExternalId", keys=[key, "none"], paths=("name",))
    assert page.columns == ("WB_ExternalId", "name")
    assert [(row[0], row[2]) for row in page.rows] == [(ids[1], (key, rows[1][2][0]))]
    owner = rows[0][2][2]
    mine = talk.session.fetch("account", by="ownerid", keys=[owner], paths=())
    assert ids[0] in {row[0] for row in mine.rows}
    assert {row[2] for row in mine.rows} == {(owner,)}
    assert talk.session.fetch("account", by="accountid", keys=[], paths=("name",)).rows == []


def test_people_are_found_by_e_mail_and_the_switched_off_are_marked(talk: Talk) -> None:
    users = talk.rows("internalemailaddress", "isdisabled", "fullname", table="systemuser", limit=50)
    off = next(row for row in users if row[2][1] is True)
    on = next(row for row in users if row[2][1] is False)
    asked = [str(on[2][0]).upper(), str(off[2][0]), "nobody@x.example", ""]
    found = talk.session.find("systemuser", by="internalemailaddress", values=asked)
    assert list(found) == asked
    assert [(one.id, one.is_active) for one in found[asked[0]]] == [(on[0], True)]
    assert [(one.title, one.is_active) for one in found[asked[1]]] == [(off[2][2], False)]
    assert found[asked[2]] == found[""] == ()
    team = talk.rows("name", table="team", limit=1)[0]
    (candidate,) = talk.session.find("team", by="name", values=[team[2][0]])[team[2][0]]
    assert (candidate.id, candidate.object) == (team[0], "team")
    assert talk.session.find("systemuser", by="systemuserid", values=[on[0]])[on[0]][0].title == on[2][2]


def test_many_values_are_asked_for_in_few_calls(talk: Talk) -> None:
    talk.session.describe("systemuser")
    talk.exchanges.clear()
    talk.session.find("systemuser", by="domainname", values=[f"user{n}@x.example" for n in range(250)])
    assert len(talk.exchanges) == 3


@pytest.mark.parametrize(
    "condition",
    [
        compare("industrycode", Op.ONE_OF, "4", "11"),
        compare("name", Op.CONTAINS, "a"),
        compare("name", Op.DIFFERS, "O'Brien"),
        compare("revenue", Op.AT_LEAST, Decimal("7919000.00")),
        compare("wb_renewaldate", Op.LESS, date(2026, 6, 1)),
        compare("modifiedon", Op.GREATER, datetime(2024, 1, 2, tzinfo=UTC)),
        compare("wb_segments", Op.ONE_OF, "1", "2"),
        compare("creditonhold", Op.EQUALS, True),
        compare("ownerid.internalemailaddress", Op.IS_FILLED),
        compare("primarycontactid", Op.IS_BLANK),
        compare("primarycontactid.emailaddress1", Op.IS_FILLED),
        Every((compare("name", Op.IS_FILLED), Some((compare("revenue", Op.IS_BLANK),)))),
    ],
)
def test_a_compiled_filter_selects_rows(talk: Talk, condition: Filter) -> None:
    description = talk.session.describe("account")
    where = talk.session.compile_filter(description, condition)
    assert talk.session.count("account", where) == len(talk.rows("name", where=where, limit=30))
    assert 0 < talk.session.count("account", where) <= 30


def test_compiling_a_filter_makes_no_call(talk: Talk) -> None:
    description = talk.another_session().describe("account")
    talk.exchanges.clear()
    assert talk.session.compile_filter(description, compare("name", Op.IS_FILLED)) == "name ne null"
    with pytest.raises(MappingError):
        talk.session.compile_filter(description, compare("nope", Op.IS_FILLED))
    assert talk.exchanges == []


def test_since_a_moment_means_modified_since_less_five_minutes(talk: Talk) -> None:
    newest = max(row[2][0] for row in talk.rows("modifiedon", limit=30))
    query = ReadQuery("account", ("modifiedon",), since=newest.isoformat())
    rows = [row for page in talk.session.read(query) for row in page.rows]
    assert [row[2][0] for row in rows] == [newest]
    assert list(talk.session.read(replace(query, since="2999-01-01T00:00:00+00:00"))) == []


def test_after_a_refresh_the_same_question_is_asked_again(talk: Talk) -> None:
    talk.newer.append(talk.running.token)
    talk.spoil_token()
    assert talk.session.count("account") == 30
    assert [e.status for e in talk.exchanges[:2]] == [401, 200]
    assert talk.exchanges[0].url == talk.exchanges[1].url


def test_a_newer_token_that_is_refused_too_asks_for_a_sign_in(talk: Talk) -> None:
    talk.spoil_token()
    talk.newer.append("spoilt too")
    with pytest.raises(SignInRequiredError):
        talk.session.objects()
    assert [e.status for e in talk.exchanges] == [401, 401]


def test_a_limit_says_how_long_to_wait(talk: Talk) -> None:
    talk.fault("limit_requests", after=0.01)
    with pytest.raises(RateLimitedError) as caught:
        talk.session.objects()
    assert (caught.value.code, caught.value.after) == ("dynamics.request_limit", 1.0)


def test_the_recommended_parallelism_is_remembered(talk: Talk) -> None:
    assert talk.session.parallel_hint is None
    talk.session.objects()
    assert talk.session.parallel_hint == 8


@pytest.mark.parametrize("size", ["0", "5001", "many", "-1"])
def test_a_page_size_that_is_none_is_refused_when_the_connection_opens(size: str) -> None:
    with pytest.raises(ConfigurationError, match="page_size"), talking(1, options={"page_size": size}):
        pass


def test_an_id_is_known_by_its_form_alone(talk: Talk) -> None:
    assert talk.session.record_id("{0F0F0F0F-0000-4000-8000-00000000000A}") == (
        "0f0f0f0f-0000-4000-8000-00000000000a"
    )
    assert talk.session.record_id("x") is None
    assert talk.exchanges == []


@pytest.mark.parametrize(
    ("fault", "facts"),
    [("status", {"status": 503}), ("status", {"status": 502, "form": "html"}), ("cut_after", {})],
)
def test_a_question_by_post_is_repeated_after_a_pause(
    talk: Talk, fault: str, facts: dict[str, object]
) -> None:
    talk.fault(fault, method="POST", path="batch", **facts)
    assert talk.session.describe("account").field("name")
    assert len(talk.asked("POST", "$batch")) == 2
    assert talk.waits == [0.5]


def test_a_question_that_fails_for_good_says_so_after_four_tries(talk: Talk) -> None:
    talk.fault("status", status=503, method="POST", path="batch", times=9)
    with pytest.raises(ServerBusyError, match=r"dynamics\.http_503"):
        talk.session.describe("account")
    assert len(talk.asked("POST", "$batch")) == 4
    assert talk.waits == [0.5, 1.0, 2.0]

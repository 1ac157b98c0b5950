"""Reading: who answers, what there is, pulls by list and by search, deletes; and what a read survives."""

import json

import pytest
from plugins.hubspot.tests.talking import Talk, talking

from writeback.errors import (
    ConfigurationError,
    ConnectorError,
    InvalidRequestError,
    PermissionDeniedError,
    QuotaSpentError,
    RetryableError,
    SignInRequiredError,
)
from writeback.model.fieldpaths import FieldPath
from writeback.model.filters import Comparison, Operator
from writeback.model.types import Value
from writeback.sdk.connector import ReadQuery
from writeback_hubspot.limits import OVERLAP_S
from writeback_hubspot.wire.describes import COMPANY_FIELD
from writeback_hubspot.wire.values import moment_of

BEGINNING = "2020-01-01T00:00:00.000Z"


def rows_of(talk: Talk, query: ReadQuery) -> dict[str, tuple[Value, ...]]:
    return {row[0]: row[2] for page in talk.session.read(query) for row in page.rows}


def versions_of(talk: Talk, object_name: str) -> dict[str, str | None]:
    pages = talk.session.read(ReadQuery(object_name, ()))
    return {row[0]: row[1] for page in pages for row in page.rows}


def test_the_portal_says_who_it_is(talk: Talk) -> None:
    org = talk.session.whoami()
    assert org.id.isdigit()
    assert (org.edition, org.environment.value) == ("SANDBOX", "TEST")


def test_objects_include_custom_ones_where_their_schemas_may_be_seen() -> None:
    with talking(3, switches={"custom_objects": "1"}) as talk:
        custom = [one for one in talk.session.objects() if one.custom]
        assert len(custom) == 1
        described = talk.session.describe(custom[0].name)
        assert described.field("hs_object_id") is not None
        assert talk.session.count(custom[0].name) == sum(
            len(page.rows) for page in talk.session.read(ReadQuery(custom[0].name, ()))
        )
        talk.fault("missing_scope", path="/schemas")
        assert all(not one.custom for one in talk.session.objects())


def test_a_pull_of_everything_is_a_list_and_follows_paths_in_batches() -> None:
    with talking(130) as talk:
        paths = ("email", "owner.email", "company.name", "company.owner.email", COMPANY_FIELD)
        query = ReadQuery("contacts", paths)
        pages = list(talk.session.read(query))
        count = talk.session.count("contacts")
        assert sum(len(page.rows) for page in pages) == count
        assert all(page.columns == paths for page in pages)
        names = rows_of(talk, ReadQuery("companies", ("name", "owner.email")))
        rows = [row[2] for page in pages for row in page.rows]
        assert all(names[str(row[4])] == (row[2], row[3]) for row in rows if row[4] is not None)
        assert sum(row[4] is not None for row in rows) > count / 2
        assert sum(row[1] is not None for row in rows) > count / 4
        assert all(version is not None for page in pages for _key, version, _values in page.rows)


def test_companies_that_many_share_are_read_once() -> None:
    with talking(5) as talk:
        talk.session.describe("companies")
        list(talk.session.read(ReadQuery("contacts", ("company.name",))))
        reads = [
            json.loads(one.request_body)
            for one in talk.asked("POST", "/objects/2026-03/companies/batch/read")
        ]
        asked = [one["id"] for body in reads for one in body["inputs"]]
        assert len(asked) == len(set(asked)) == 5


def test_a_limit_ends_a_pull_within_a_page(talk: Talk) -> None:
    pages = list(talk.session.read(ReadQuery("companies", ("name",), limit=3)))
    assert [len(page.rows) for page in pages] == [3]
    assert list(talk.session.read(ReadQuery("companies", ("name",), filter=found("name", "nobody")))) == []


def test_more_properties_than_an_address_or_a_search_holds_are_read_by_batch(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = ("name", "domain", "city")
    whole = rows_of(talk, ReadQuery("companies", paths))
    monkeypatch.setattr("writeback_hubspot.session.reading.LIST_ADDRESS", 10)
    assert rows_of(talk, ReadQuery("companies", paths)) == whole
    assert talk.asked("POST", "/companies/batch/read")
    with monkeypatch.context() as patch:
        patch.setattr("writeback_hubspot.session.reading.searches.fits", lambda _search: False)
        assert rows_of(talk, ReadQuery("companies", paths, since=BEGINNING)) == whole


def found(name: str, value: str) -> str:
    return json.dumps([{"filters": [{"propertyName": name, "operator": "EQ", "value": value}]}])


def test_an_incremental_pull_asks_by_last_change_with_an_overlap(talk: Talk) -> None:
    key, version = next(iter(versions_of(talk, "contacts").items()))
    talk.running.crm.edit("contacts", key, {"jobtitle": "Queen"})
    fresh = rows_of(talk, ReadQuery("contacts", ("jobtitle",)))
    since = max(version for version in versions_of(talk, "contacts").values() if version is not None)
    talk.exchanges.clear()
    changed = rows_of(talk, ReadQuery("contacts", ("jobtitle",), since=since))
    assert changed == {key: ("Queen",)}
    assert fresh[key] == ("Queen",)
    (asked,) = talk.asked("POST", "/contacts/search")
    told = json.loads(asked.request_body)["filterGroups"][0]["filters"][0]
    assert told["propertyName"] == "lastmodifieddate"
    assert int(told["value"]) == int(moment_of(since).timestamp() * 1000) - OVERLAP_S * 1000
    assert version is not None


def test_a_search_goes_on_behind_the_last_id_beyond_every_end() -> None:
    with talking(450) as talk:
        everything = rows_of(talk, ReadQuery("companies", ("name",)))
        talk.exchanges.clear()
        pages = list(talk.session.read(ReadQuery("companies", ("name",), since=BEGINNING)))
        assert [len(page.rows) for page in pages] == [200, 200, 50]
        assert {row[0]: row[2] for page in pages for row in page.rows} == everything
        bodies = [json.loads(one.request_body) for one in talk.asked("POST", "/search")]
        assert {body["after"] for body in bodies} == {"0"}


@pytest.mark.nightly
def test_a_search_is_not_cut_at_ten_thousand_results() -> None:
    with talking(10_300) as talk:
        pages = talk.session.read(ReadQuery("companies", (), since=BEGINNING))
        assert len({row[0] for page in pages for row in page.rows}) == 10_300


def test_a_filter_narrows_reading_and_counting_alike(talk: Talk) -> None:
    described = talk.session.describe("companies")
    names = {values[0] for values in rows_of(talk, ReadQuery("companies", ("industry",))).values()}
    total = 0
    for name in sorted(str(one) for one in names if one is not None):
        condition = Comparison(FieldPath.parse("industry"), Operator.EQUALS, (name,))
        text = talk.session.compile_filter(described, condition)
        rows = rows_of(talk, ReadQuery("companies", ("industry",), filter=text))
        assert {values[0] for values in rows.values()} == {name}
        assert talk.session.count("companies", text) == len(rows)
        total += len(rows)
    blank = talk.session.compile_filter(described, Comparison(FieldPath.parse("industry"), Operator.IS_BLANK))
    assert total + talk.session.count("companies", blank) == talk.session.count("companies")


@pytest.mark.parametrize("text", ["name = 'x'", '[{"filters": []}]'])
def test_a_filter_that_is_none_is_refused_without_a_call(talk: Talk, text: str) -> None:
    talk.session.describe("companies")
    talk.exchanges.clear()
    with pytest.raises(InvalidRequestError):
        list(talk.session.read(ReadQuery("companies", ("name",), filter=text)))
    assert talk.exchanges == []


def test_searches_are_paced_for_the_whole_account(talk: Talk) -> None:
    for _ in range(4):
        talk.session.count("companies")
    assert len(talk.clock.waits) == 3
    assert all(wait == pytest.approx(0.22) for wait in talk.clock.waits)


def test_deletes_are_archived_and_merged_records_since_then(talk: Talk) -> None:
    keys = sorted(rows_of(talk, ReadQuery("companies", ())), key=int)
    origin, headers = talk.running.url, {"Authorization": f"Bearer {talk.running.token}"}
    talk.http.request("DELETE", f"{origin}/crm/objects/2026-03/companies/{keys[0]}", headers=headers)
    merge = {"primaryObjectId": keys[1], "objectIdToMerge": keys[2]}
    talk.http.request("POST", f"{origin}/crm/objects/2026-03/companies/merge", headers=headers, json=merge)
    gone = {key for some in talk.session.read_deletes("companies", since=BEGINNING) for key in some}
    assert {keys[0], keys[2]} <= gone
    assert keys[1] not in gone
    left = rows_of(talk, ReadQuery("companies", ()))
    assert not gone & set(left)
    later = "2099-01-01T00:00:00.000Z"
    assert list(talk.session.read_deletes("companies", since=later)) == []
    assert list(talk.session.read_deletes("owners", since=BEGINNING)) == []


def test_owners_are_an_object_that_is_read_and_never_written(talk: Talk) -> None:
    described = talk.session.describe("owners")
    assert (described.key_field, described.is_updateable) == ("id", False)
    rows = rows_of(talk, ReadQuery("owners", ("email", "archived")))
    assert len(rows) == talk.session.count("owners") > 1
    assert {values[1] for values in rows.values()} == {True, False}
    assert len(rows_of(talk, ReadQuery("owners", ("email",), limit=1))) == 1
    with pytest.raises(InvalidRequestError):
        rows_of(talk, ReadQuery("owners", ("email",), filter="x"))


def test_usage_is_what_the_account_tells_or_nothing(talk: Talk) -> None:
    (used,) = talk.session.usage()
    assert 0 < used.used < used.most
    talk.fault("missing_scope", path="api-usage")
    assert talk.session.usage() == ()


@pytest.mark.parametrize("version", ["2026-09", "v3"])
def test_every_version_reads_alike(version: str) -> None:
    query = ReadQuery("contacts", ("email", "owner.email", "company.name"))
    with talking(8) as first, talking(8, options={"api_version": version}) as second:
        assert rows_of(first, query) == rows_of(second, query)
        assert first.session.whoami() == second.session.whoami()
        assert second.session.describe("deals") == first.session.describe("deals")
        part = "/v3/" if version == "v3" else f"/{version}"
        assert all(part in one.url or "/v4/" in one.url for one in second.exchanges)


def test_a_version_we_do_not_speak_is_refused() -> None:
    with pytest.raises(ConfigurationError), talking(1, options={"api_version": "2024-01"}):
        pass


@pytest.mark.parametrize(
    ("fault", "facts"),
    [
        ("status", {"status": 503}),
        ("status", {"status": 502, "form": "html"}),
        ("limit_search", {}),
        ("limit_ten_seconds", {}),
        ("cut_after", {}),
        ("locked", {}),
        ("migrating", {"seconds": 7}),
    ],
)
def test_a_read_by_post_is_repeated_after_a_pause(talk: Talk, fault: str, facts: dict[str, object]) -> None:
    talk.session.describe("companies")
    talk.fault(fault, method="POST", **facts)
    assert talk.session.count("companies") == 30
    assert talk.clock.waits


def test_a_read_that_fails_for_good_says_so_after_four_tries(talk: Talk) -> None:
    talk.fault("status", status=503, method="POST", times=9)
    talk.exchanges.clear()
    with pytest.raises(RetryableError):
        talk.session.count("companies")
    assert len(talk.asked("POST", "/search")) == 4


def test_a_limit_on_a_read_by_get_is_waited_for_and_a_long_wait_is_not(talk: Talk) -> None:
    talk.fault("limit_ten_seconds", method="GET")
    assert talk.session.whoami()
    assert talk.clock.waits == [10.0]
    talk.fault("migrating", seconds=3_600)
    with pytest.raises(RetryableError) as caught:
        talk.session.whoami()
    assert caught.value.after == 3_600
    assert talk.clock.waits == [10.0]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("limit_daily", QuotaSpentError),
        ("missing_scope", PermissionDeniedError),
        ("revoke_key", SignInRequiredError),
    ],
)
def test_what_no_pause_helps_is_said_at_once(talk: Talk, fault: str, error: type[ConnectorError]) -> None:
    talk.fault(fault)
    talk.exchanges.clear()
    with pytest.raises(error):
        talk.session.whoami()
    assert len(talk.exchanges) == 1
    assert talk.clock.waits == []


def test_a_rejected_token_is_renewed_once(talk: Talk) -> None:
    talk.newer.append(talk.running.token)
    talk.spoil_token()
    assert talk.session.count("companies") == 30
    assert talk.refreshed == ["pat-na1-spoilt"]
    talk.spoil_token()
    talk.newer.append("pat-na1-spoilt-too")
    with pytest.raises(SignInRequiredError):
        talk.session.whoami()


@pytest.mark.parametrize("cleared", ["null", "empty"])
def test_a_cleared_property_is_nothing_in_either_form(cleared: str) -> None:
    with talking(3, switches={"cleared_value": cleared}) as talk:
        key = next(iter(rows_of(talk, ReadQuery("companies", ()))))
        talk.running.crm.edit("companies", key, {"phone": ""})
        assert rows_of(talk, ReadQuery("companies", ("phone",)))[key] == (None,)


def test_the_type_of_association_targets_does_not_matter() -> None:
    query = ReadQuery("contacts", (COMPANY_FIELD,))
    with talking(4) as numbers, talking(4, switches={"to_object_id": "string"}) as texts:
        assert rows_of(numbers, query) == rows_of(texts, query)

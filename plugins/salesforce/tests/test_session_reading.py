"""Reading through the whole way: session, simple-salesforce, transport, simulator."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from plugins.salesforce.tests.talking import Talk, talking

from writeback.errors import InvalidRequestError, RetryableError, ServerBusyError
from writeback.model.connections import Environment
from writeback.sdk.capabilities import ReadsDeletes, ReportsUsage, WritesConditionally, WritesInBulk
from writeback.sdk.connector import Connector, ReadQuery, Session, SignsInByBrowser
from writeback.sdk.values import Row
from writeback_salesforce.connector import SalesforceConnector

PATHS = ("Name", "Industry", "AnnualRevenue", "NumberOfEmployees", "Owner.Email", "CreatedDate", "IsDeleted")


def rows_of(talk: Talk, query: ReadQuery) -> dict[str, tuple[str | None, Row]]:
    return {row[0]: (row[1], row[2]) for page in talk.session.read(query) for row in page.rows}


def test_the_session_offers_what_it_claims(talk: Talk) -> None:
    for protocol in (Session, ReadsDeletes, ReportsUsage, WritesConditionally, WritesInBulk):
        assert isinstance(talk.session, protocol)
    assert isinstance(SalesforceConnector(), Connector)
    assert isinstance(SalesforceConnector(), SignsInByBrowser)


def test_opening_a_session_makes_no_call(talk: Talk) -> None:
    assert talk.exchanges == []


def test_who_answers_is_told_with_its_user(talk: Talk) -> None:
    org = talk.session.whoami()
    assert org.id.startswith("00D")
    assert "@" in org.user
    assert org.environment is not Environment.UNKNOWN


def test_objects_and_fields_are_described(talk: Talk) -> None:
    assert {"Account", "Contact", "User"} <= {info.name for info in talk.session.objects()}
    described = talk.session.describe("Account")
    assert described.field("Industry") is not None
    assert described.reference("Owner") is not None


def test_a_pull_gives_every_record_once_in_canonical_values(talk: Talk) -> None:
    rows = rows_of(talk, ReadQuery("Account", PATHS))
    assert len(rows) == talk.session.count("Account") == 30
    for version, values in rows.values():
        assert version is not None
        assert version.endswith("Z")
        assert isinstance(values[2], Decimal | None)
        assert isinstance(values[3], int | None)
        assert isinstance(values[4], str)
        assert isinstance(values[5], datetime)
        assert values[6] is False


def test_pages_are_followed_to_the_end() -> None:
    with talking(25, switches={"page_size": "10"}) as talk:
        pages = list(talk.session.read(ReadQuery("Account", ("Name",))))
        assert len(pages) == 3
        assert len({row[0] for page in pages for row in page.rows}) == 25


def test_an_incremental_pull_reads_what_changed_and_an_overlap(talk: Talk) -> None:
    rows = rows_of(talk, ReadQuery("Account", ("Name",)))
    newest = max(version for version, _values in rows.values() if version)
    one = next(iter(rows))
    talk.running.crm.edit("Account", one, {"Name": "Changed by somebody else"})
    found = rows_of(talk, ReadQuery("Account", ("Name",), since=newest))
    assert found[one][1] == ("Changed by somebody else",)
    assert found[one][0] > newest  # type: ignore[operator]  # accounts have versions


def test_a_filter_is_the_crms_own_language_and_its_mistakes_are_told(talk: Talk) -> None:
    some = rows_of(
        talk, ReadQuery("Account", ("Name", "Industry"), filter="Industry = 'Retail' OR Industry = 'Energy'")
    )
    assert some
    assert {values[1] for _version, values in some.values()} <= {"Retail", "Energy"}
    with pytest.raises(InvalidRequestError) as refused:
        rows_of(talk, ReadQuery("Account", ("Name",), filter="Nonsense = 1"))
    assert refused.value.code == "salesforce.invalid_field"
    with pytest.raises(InvalidRequestError) as refused:
        rows_of(talk, ReadQuery("Account", ("Nope",)))
    assert refused.value.facts["path"] == "Nope"


def test_a_big_pull_goes_by_bulk_query_and_gives_the_same_rows() -> None:
    with talking(40, options={"bulk_read_from": "40"}) as talk:
        by_bulk = rows_of(talk, ReadQuery("Account", PATHS))
        assert talk.asked("POST", "/jobs/query")
        by_pages = rows_of(talk, ReadQuery("Account", PATHS, limit=40))
        assert by_bulk == by_pages
        assert len(by_bulk) == 40


def test_deleted_records_are_told_since_a_version(talk: Talk) -> None:
    rows = rows_of(talk, ReadQuery("Account", ("Name",)))
    gone = sorted(rows)[3]
    newest = max(version for version, _values in rows.values() if version)
    talk.session._calls.act(f"sobjects/Account/{gone}", method="DELETE")  # noqa: SLF001  sessions delete nothing
    assert [i for page in talk.session.read_deletes("Account", since=newest) for i in page] == [gone]
    assert gone not in rows_of(talk, ReadQuery("Account", ("Name",)))
    assert list(talk.session.read_deletes("User", since=newest)) == []


def test_single_records_are_fetched_by_id_in_one_call_and_missing_ones_left_out(talk: Talk) -> None:
    rows = rows_of(talk, ReadQuery("Account", ("Name",)))
    wanted = sorted(rows)[:5]
    talk.session.describe("Account")
    talk.exchanges.clear()
    page = talk.session.fetch(
        "Account", by="Id", keys=[*wanted, wanted[0][:15], "001999999999999", "x"], paths=("Name",)
    )
    assert {row[0]: row[2] for row in page.rows} == {key: rows[key][1] for key in wanted}
    assert page.columns == ("Name",)
    assert [e.method for e in talk.exchanges] == ["POST"]


def test_records_are_fetched_with_paths_to_others_and_by_another_field(talk: Talk) -> None:
    rows = rows_of(talk, ReadQuery("Account", ("Name", "Owner.Email")))
    key = min(rows)
    page = talk.session.fetch("Account", by="Id", keys=[key], paths=("Name", "Owner.Email"))
    assert page.rows[0][2] == rows[key][1]
    name = rows[key][1][0]
    page = talk.session.fetch("Account", by="name", keys=[str(name), " "], paths=("Owner.Email",))
    assert page.columns == ("name", "Owner.Email")
    assert (key, rows[key][1]) in [(row[0], row[2]) for row in page.rows]


def test_people_are_found_by_mail_and_every_value_is_answered(talk: Talk) -> None:
    rows = rows_of(talk, ReadQuery("Account", ("Owner.Email", "OwnerId")))
    mail, owner = next(values for _version, values in rows.values())
    found = talk.session.find(
        "User", by="Email", values=[str(mail).upper(), "nobody@example.com", "", "x' OR 'a' = 'a"]
    )
    assert [candidate.id for candidate in found[str(mail).upper()]] == [owner]
    assert [len(found[value]) for value in ("nobody@example.com", "", "x' OR 'a' = 'a")] == [0, 0, 0]
    by_id = talk.session.find("User", by="Id", values=[str(owner), str(owner)[:15], "nonsense"])
    assert [c.id for c in by_id[str(owner)[:15]]] == [owner]
    assert by_id["nonsense"] == ()


def test_a_long_list_of_keys_is_asked_for_in_several_queries(talk: Talk) -> None:
    rows = rows_of(talk, ReadQuery("Account", ("Name",)))
    names = [str(values[0]) for _version, values in rows.values()]
    keys = [*names, *[f"no such account with a rather long name, number {n}" for n in range(800)]]
    talk.exchanges.clear()
    page = talk.session.fetch("Account", by="Name", keys=keys, paths=())
    assert {row[0] for row in page.rows} == set(rows)
    queries = talk.asked("GET", "/query")
    assert len(queries) > 1
    assert max(len(e.url) for e in queries) < 16_000


def test_quotas_are_told(talk: Talk) -> None:
    usage = {told.kind: told for told in talk.session.usage()}
    assert usage["DailyApiRequests"].most >= usage["DailyApiRequests"].used > 0


def test_an_expired_cursor_means_start_again() -> None:
    with talking(25, switches={"page_size": "10", "cursor_seconds": "0"}) as talk:
        with pytest.raises(RetryableError) as lost:
            list(talk.session.read(ReadQuery("Account", ("Name",))))
        assert lost.value.code == "salesforce.invalid_query_locator"


def test_a_long_query_is_asked_for_at_growing_intervals() -> None:
    with talking(20, options={"bulk_read_from": "1"}, switches={"job_seconds": "0.1"}) as talk:
        assert len(rows_of(talk, ReadQuery("Account", ("Name",)))) == 20
        assert talk.waits[:3] == [0.5, 0.75, 1.125]


def test_a_bulk_query_that_somebody_stops_may_be_asked_again() -> None:
    with talking(20, options={"bulk_read_from": "1"}, switches={"job_seconds": "5"}) as talk:

        def stop(_seconds: float) -> None:
            (made,) = talk.asked("POST", "/jobs/query")
            job = json.loads(made.response_body)["id"]
            talk.session._calls.act(f"jobs/query/{job}", method="PATCH", body=b'{"state":"Aborted"}')  # noqa: SLF001  sessions stop no query

        talk.on_wait = stop
        with pytest.raises(RetryableError) as stopped:
            rows_of(talk, ReadQuery("Account", ("Name",)))
        assert stopped.value.code == "salesforce.bulk_query_late"


def test_where_bulk_queries_are_refused_the_pages_do() -> None:
    with talking(25, options={"bulk_read_from": "1"}, switches={"page_size": "10"}) as talk:
        talk.fault("status", method="POST", path="/jobs/query", status=400)
        assert len(rows_of(talk, ReadQuery("Account", ("Name",)))) == 25


def test_a_bulk_query_that_could_not_be_started_is_asked_for_again() -> None:
    with talking(20, options={"bulk_read_from": "1"}) as talk:
        talk.fault("status", method="POST", path="/jobs/query", status=503)
        assert len(rows_of(talk, ReadQuery("Account", ("Name",)))) == 20
        assert len(talk.asked("POST", "/jobs/query")) == 2
        assert talk.waits[0] == 0.5


def test_an_id_is_given_in_its_full_form_without_a_call(talk: Talk) -> None:
    assert talk.session.record_id("001A0000006Vm9u") == "001A0000006Vm9uIAC"
    assert talk.session.record_id("nonsense") is None
    assert talk.exchanges == []


def test_the_clock_of_the_access_is_aware(talk: Talk) -> None:
    assert talk.access.now().tzinfo is UTC


def test_a_read_whose_answer_is_lost_may_be_asked_again_even_if_it_was_a_post(talk: Talk) -> None:
    key = next(iter(rows_of(talk, ReadQuery("Account", ("Name",)))))
    talk.fault("cut_after", method="POST", path="composite/sobjects/Account", times=4)
    with pytest.raises(RetryableError) as lost:
        talk.session.fetch("Account", by="Id", keys=[key], paths=("Name",))
    assert lost.value.code == "salesforce.read_unanswered"


def test_a_token_that_may_not_ask_who_it_is_still_tells_the_org(talk: Talk) -> None:
    talk.fault("status", path="userinfo", status=403)
    org = talk.session.whoami()
    assert (org.id[:3], org.user) == ("00D", "")


def test_an_empty_pull_gives_no_page(talk: Talk) -> None:
    assert list(talk.session.read(ReadQuery("Account", ("Name",), filter="Name = 'no such account'"))) == []
    newest = "2099-01-01T00:00:00.000Z"
    assert list(talk.session.read_deletes("Account", since=newest)) == []


def test_an_unknown_key_field_is_refused(talk: Talk) -> None:
    for by in ("Nope", "BillingAddress"):
        with pytest.raises(InvalidRequestError):
            talk.session.fetch("Account", by=by, keys=["x"], paths=("Name",))


def test_many_deletes_come_in_pages() -> None:
    with talking(25, switches={"page_size": "10"}) as talk:
        rows = rows_of(talk, ReadQuery("Account", ("Name",)))
        for key in rows:
            talk.session._calls.act(f"sobjects/Account/{key}", method="DELETE")  # noqa: SLF001  sessions delete nothing
        pages = list(talk.session.read_deletes("Account", since="2020-01-01T00:00:00.000Z"))
        assert [len(page) for page in pages] == [10, 10, 5]
        assert {key for page in pages for key in page} == set(rows)


@pytest.mark.parametrize(
    ("fault", "facts"),
    [("status", {"status": 503}), ("status", {"status": 502, "form": "html"}), ("cut_after", {})],
)
def test_a_question_by_post_is_repeated_after_a_pause(
    talk: Talk, fault: str, facts: dict[str, object]
) -> None:
    key = next(iter(rows_of(talk, ReadQuery("Account", ("Name",)))))
    talk.waits.clear()
    talk.fault(fault, method="POST", path="composite/sobjects", **facts)
    page = talk.session.fetch("Account", by="Id", keys=[key], paths=("Name",))
    assert len(page.rows) == 1
    assert len(talk.asked("POST", "composite/sobjects")) == 2
    assert talk.waits == [0.5]


def test_a_question_that_fails_for_good_says_so_after_four_tries(talk: Talk) -> None:
    key = next(iter(rows_of(talk, ReadQuery("Account", ("Name",)))))
    talk.waits.clear()
    talk.fault("status", status=503, method="POST", path="composite/sobjects", times=9)
    with pytest.raises(ServerBusyError):
        talk.session.fetch("Account", by="Id", keys=[key], paths=("Name",))
    assert len(talk.asked("POST", "composite/sobjects")) == 4
    assert talk.waits == [0.5, 1.0, 2.0]

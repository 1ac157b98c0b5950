"""Who wrote it, asked of a served account: batch reads of fifty, owners by name, and what has no history."""

import json

from plugins.hubspot.tests.talking import Talk, talking

from writeback.model.jobs import Route
from writeback.model.types import AttributeType
from writeback.sdk.connector import FieldWish, ReadQuery, Write, WriteRequest
from writeback_hubspot.wire.describes import COMPANY_FIELD


def versions_of(talk: Talk, object_name: str) -> dict[str, str | None]:
    return {row[0]: row[1] for page in talk.session.read(ReadQuery(object_name, ())) for row in page.rows}


def write(talk: Talk, key: str, name: str) -> None:
    wish = FieldWish("name", AttributeType.TEXT, name)
    request = WriteRequest("companies", (Write("k", key, None, (wish,)),), Route.SINGLE, is_conditional=False)
    talk.session.write(talk.session.prepare(request))


def test_our_write_and_a_persons_edit_are_told_apart_and_the_person_is_named(talk: Talk) -> None:
    key, base = next(iter(versions_of(talk, "companies").items()))
    write(talk, key, "Ours")
    talk.running.crm.edit("companies", key, {"name": "Theirs"})
    told = talk.session.read_history("companies", since={key: base}, fields=("name",))[key]
    assert told.is_whole
    assert [(one.value, one.is_foreign) for one in told.written] == [("Ours", False), ("Theirs", True)]
    assert told.written[1].by == "owner.1@portal.example (CRM_UI)"
    assert told.written[0].at <= told.written[1].at


def test_records_are_asked_for_by_fifty_and_owners_once(talk: Talk) -> None:
    with talking(120) as many:
        since = versions_of(many, "companies")
        for key in since:
            many.running.crm.edit("companies", key, {"phone": "+43 1"})
        many.session.read_history("companies", since={}, fields=("phone",))
        many.exchanges.clear()
        told = many.session.read_history("companies", since=since, fields=("phone",))
        asked = [json.loads(one.request_body) for one in many.asked("POST", "/companies/batch/read")]
        assert [len(body["inputs"]) for body in asked] == [50, 50, 20]
        assert {body["propertiesWithHistory"][0] for body in asked} == {"phone"}
        assert len(many.asked("GET", "/owners")) == 2
        assert all([one.value for one in history.written] == ["+43 1"] for history in told.values())
        assert told.keys() == since.keys()


def test_a_key_that_may_not_see_owners_tells_user_ids(talk: Talk) -> None:
    key, base = next(iter(versions_of(talk, "companies").items()))
    talk.running.crm.edit("companies", key, {"name": "Theirs"})
    talk.fault("missing_scope", path="owners")
    told = talk.session.read_history("companies", since={key: base}, fields=("name",))[key]
    assert told.written[0].by == "user 4200002 (CRM_UI)"


def test_an_association_has_no_history_and_makes_none_whole(talk: Talk) -> None:
    key, base = next(iter(versions_of(talk, "contacts").items()))
    talk.running.crm.edit("contacts", key, {"jobtitle": "Queen"})
    mixed = talk.session.read_history("contacts", since={key: base}, fields=("jobtitle", COMPANY_FIELD))[key]
    assert ([one.value for one in mixed.written], mixed.is_whole) == (["Queen"], False)
    assert talk.session.read_history("contacts", since={key: base}, fields=(COMPANY_FIELD,)) == {}
    assert talk.session.read_history("owners", since={"1": None}, fields=("email",)) == {}


def test_a_record_that_is_gone_is_left_out(talk: Talk) -> None:
    assert talk.session.read_history("companies", since={"99999999": None}, fields=("name",)) == {}

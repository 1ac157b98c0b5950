"""Finding single records: afresh by id, by unique and by other properties, and owners."""

import pytest
from plugins.hubspot.tests.talking import Talk, talking

from writeback.errors import InvalidRequestError
from writeback.model.types import Value
from writeback.sdk.connector import ReadQuery
from writeback_hubspot.wire.describes import COMPANY_FIELD


def some(talk: Talk, object_name: str, *paths: str, count: int = 3) -> list[tuple[str, tuple[Value, ...]]]:
    (page,) = talk.session.read(ReadQuery(object_name, paths, limit=count))
    return [(row[0], row[2]) for row in page.rows]


def test_records_come_by_id_in_hundreds_and_missing_ones_are_left_out() -> None:
    with talking(230) as talk:
        keys = [row[0] for page in talk.session.read(ReadQuery("companies", ())) for row in page.rows]
        talk.exchanges.clear()
        page = talk.session.fetch(
            "companies", by="hs_object_id", keys=[*keys, "1", "no id", keys[0]], paths=("name",)
        )
        assert {row[0] for row in page.rows} == set(keys)
        assert len(page.rows) == len(keys)
        assert len(talk.asked("POST", "/batch/read")) == 3


def test_a_fetch_follows_paths_and_tells_the_version(talk: Talk) -> None:
    ((key, (email, company)), *_rest) = some(talk, "contacts", "email", "company.name")
    page = talk.session.fetch("contacts", by="HS_OBJECT_ID", keys=[key], paths=("email", "company.name"))
    ((found, version, values),) = page.rows
    assert (found, values) == (key, (email, company))
    assert version is not None


def test_a_row_with_its_company_link_has_no_version_to_be_judged_by(talk: Talk) -> None:
    ((key, _values), *_rest) = some(talk, "contacts")
    page = talk.session.fetch("contacts", by="hs_object_id", keys=[key], paths=(COMPANY_FIELD,))
    assert page.rows[0][1] is None


def test_a_merged_record_is_gone_not_another_one(talk: Talk) -> None:
    (kept, _), (merged, _), *_rest = some(talk, "companies")
    headers = {"Authorization": f"Bearer {talk.running.token}"}
    body = {"primaryObjectId": kept, "objectIdToMerge": merged}
    url = f"{talk.running.url}/crm/objects/2026-03/companies/merge"
    assert talk.http.request("POST", url, headers=headers, json=body).status_code == 200
    page = talk.session.fetch("companies", by="hs_object_id", keys=[merged], paths=("name",))
    assert list(page.rows) == []


def test_a_unique_property_is_read_straight_from_the_store(talk: Talk) -> None:
    ((key, (email,)), *_rest) = some(talk, "contacts", "email")
    talk.exchanges.clear()
    page = talk.session.fetch(
        "contacts", by="email", keys=[str(email).upper(), "no@x.example"], paths=("email",)
    )
    assert [(row[0], row[2]) for row in page.rows] == [(key, (email, email))]
    assert page.columns == ("email", "email")
    assert not talk.asked("POST", "/search")


def test_any_other_property_is_searched_and_read_afresh(talk: Talk) -> None:
    ((key, (_domain,)), *_rest) = some(talk, "companies", "domain")
    domain = "only-one.example"
    talk.running.crm.edit("companies", key, {"domain": domain})
    found = talk.session.find("companies", by="domain", values=[domain, "nowhere.example", ""])
    assert [one.id for one in found[domain]] == [key]
    assert found["nowhere.example"] == found[""] == ()
    assert talk.asked("POST", "/search")
    assert talk.asked("POST", "/batch/read")


def test_what_the_lagging_index_still_shows_is_not_believed() -> None:
    with talking(4, switches={"search_lag_s": "3600"}) as talk:
        ((key, (name,)), *_rest) = some(talk, "companies", "name")
        talk.running.crm.edit("companies", key, {"name": "Another Ltd"})
        assert talk.session.find("companies", by="name", values=[str(name)]) == {str(name): ()}


def test_candidates_are_titled_and_found_by_id_too(talk: Talk) -> None:
    ((key, (name,)), *_rest) = some(talk, "companies", "name")
    found = talk.session.find("companies", by="hs_object_id", values=[key, "999999", "x"])
    assert [(one.id, one.title, one.object) for one in found[key]] == [(key, name, "companies")]
    assert found["999999"] == found["x"] == ()


def test_two_records_of_one_name_are_two_candidates(talk: Talk) -> None:
    (first, _), (second, _), *_rest = some(talk, "companies")
    for key in (first, second):
        talk.running.crm.edit("companies", key, {"name": "Twin GmbH"})
    found = talk.session.find("companies", by="name", values=["twin gmbh"])
    assert {one.id for one in found["twin gmbh"]} == {first, second}


def test_owners_are_found_by_address_with_their_archived_namesakes(talk: Talk) -> None:
    people = some(talk, "owners", "email", "archived", count=99)
    by_email: dict[str, list[tuple[str, Value]]] = {}
    for key, (email, archived) in people:
        by_email.setdefault(str(email).casefold(), []).append((key, archived))
    found = talk.session.find("owners", by="email", values=[*by_email, "nobody@x.example"])
    for email, owners in by_email.items():
        assert {(one.id, not one.is_active) for one in found[email]} == set(owners)
    assert any(len(owners) > 1 for owners in by_email.values()), "the account has namesakes"
    assert found["nobody@x.example"] == ()


def test_an_owner_nobody_knows_costs_one_fresh_look_and_no_second(talk: Talk) -> None:
    talk.session.find("owners", by="email", values=["owner.1@portal.example"])
    talk.exchanges.clear()
    for _ in range(3):
        talk.session.find("owners", by="email", values=["nobody@x.example"])
    looks = len(talk.asked("GET", "/owners/"))
    assert looks > 0
    talk.session.find("owners", by="email", values=["nobody@x.example", "somebody@x.example"])
    assert len(talk.asked("GET", "/owners/")) == looks * 2
    talk.clock.seconds += 1_000
    talk.session.find("owners", by="email", values=["nobody@x.example"])
    assert len(talk.asked("GET", "/owners/")) == looks * 3


def test_owners_are_fetched_by_id_and_by_address(talk: Talk) -> None:
    ((key, (email,)), *_rest) = some(talk, "owners", "email")
    page = talk.session.fetch("owners", by="id", keys=[key, "0"], paths=("email",))
    assert [(row[0], row[2]) for row in page.rows] == [(key, (email,))]
    page = talk.session.fetch("owners", by="Email", keys=[str(email)], paths=("id",))
    assert page.columns == ("Email", "id")
    assert (email, key) in [row[2] for row in page.rows]


@pytest.mark.parametrize(
    "by", ["nope", "segments", "is_key_account", "contract_end", "last_audit_at", COMPANY_FIELD]
)
def test_a_field_that_names_no_record_is_refused(talk: Talk, by: str) -> None:
    with pytest.raises(InvalidRequestError):
        talk.session.fetch(
            "contacts" if by == COMPANY_FIELD else "companies", by=by, keys=["x"], paths=("name",)
        )


def test_ids_are_told_from_other_text_without_a_call(talk: Talk) -> None:
    assert [talk.session.record_id(text) for text in ("12", " 12", "x", "")] == ["12", "12", None, None]


def test_numbers_are_found_by_their_amount(talk: Talk) -> None:
    ((key, _values), *_rest) = some(talk, "companies")
    talk.running.crm.edit("companies", key, {"credit_score": "77.5"})
    talk.exchanges.clear()
    found = talk.session.find("companies", by="credit_score", values=["77.50", "many", "NaN"])
    assert [one.id for one in found["77.50"]] == [key]
    assert found["many"] == found["NaN"] == ()

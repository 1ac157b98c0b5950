"""A role is one team member in four CRMs: read from each, written to each as its own user."""

from collections import abc
from pathlib import Path

import pytest

from tests.doubles.staffed import ATTRIBUTE, CRMS, SHARED, Crm, Staffed, staffed
from writeback.errors import MappingError
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ConflictRule, FieldMapping, ReferenceMode
from writeback.model.jobs import Route
from writeback.model.people import MatchedBy, PersonKind
from writeback.model.types import RecordId
from writeback.runtime.facade import ConflictChoice
from writeback.runtime.facade.people import RoleWish
from writeback.sdk.connector import ReadQuery


@pytest.fixture
def four(tmp_path: Path) -> abc.Iterator[Staffed]:
    with staffed(tmp_path) as made:
        yield made


def test_one_edit_becomes_each_crms_own_user(four: Staffed) -> None:
    four.pull_people()
    person, users = four.make_person()
    four.add_role()
    four.pull()
    record = four.accounts()[SHARED[0]]
    answer = four.edit(person.upper(), record=record)
    assert answer.state == "sending", answer
    jobs = four.run(answer)
    assert {name: view.counts.applied for name, view in jobs.items()} == dict.fromkeys(users, 1)
    for crm in CRMS:
        (entry,) = four.applied(crm.name)
        assert entry["fields"] == {crm.owner: users[crm.name]}, crm.name
    assert value(four, record) == person
    four.pull()
    assert value(four, record) == person  # each CRM's own user is read as the same team member


def test_what_a_crm_says_of_an_owner_is_read_as_the_team_member(four: Staffed) -> None:
    four.add_role(crms=CRMS[:1])
    four.pull()
    record = four.accounts()[SHARED[0]]
    before = value(four, record)
    assert before.startswith("005")  # nobody is known yet: the CRM's own word
    four.pull_people()
    assert value(four, record).endswith("@northwind.example")  # at once, without a pull
    read = value(four, record)
    four.pull()
    assert value(four, record) == read
    (role,) = four.runtime.roles()
    assert role.members > 1
    assert not role.mappings[0].strangers


def test_somebody_unknown_to_a_crm_is_blocked_there_and_written_elsewhere(four: Staffed) -> None:
    four.pull_people()
    person, users = four.make_person(crms=[crm for crm in CRMS if crm.name != "zoho"])
    four.add_role()
    four.pull()
    record = four.accounts()[SHARED[1]]
    jobs = four.run(four.edit(person, record=record))
    assert jobs["zoho"].counts.blocked == 1
    assert four.applied("zoho") == []
    (row,) = four.runtime.told.job_rows(jobs["zoho"].id)
    assert row.code == "reference.unmatched_person"
    assert dict(row.facts)["connection"] == "zoho"
    assert all(len(four.applied(name)) == 1 for name in users if name != "zoho")
    four.runtime.match_person(person, "zoho", user=users["zoho"], author="ana", act=four.act())
    jobs = four.send_drafts()  # the rest of the same edit
    assert [name for name, view in jobs.items() if view.counts.applied] == ["zoho"]
    assert four.applied("zoho")[0]["fields"] == {"Owner": users["zoho"]}


def test_unknown_text_stays_in_the_form(four: Staffed) -> None:
    four.pull_people()
    four.add_role()
    record = four.accounts()[SHARED[1]]
    answer = four.edit("Nobody At All", record=record)
    assert (answer.state, answer.reason and answer.reason.code) == ("blocked", "role.unknown_person")
    four.make_person()
    (role,) = four.runtime.roles()
    assert role.title == "Success Manager"


def test_many_drafts_in_one_plan(four: Staffed) -> None:
    four.pull_people()
    person, users = four.make_person()
    four.add_role()
    four.pull()
    for record in four.accounts().values():
        assert four.edit(person, record=record, send=False).state in ("draft", "unchanged")
    jobs = four.send_drafts()
    for crm in CRMS:
        view = jobs[crm.name]
        assert view.counts.applied + view.counts.unchanged == len(SHARED), (crm.name, view.counts)
        assert all(entry["fields"] == {crm.owner: users[crm.name]} for entry in four.applied(crm.name))
        assert len(four.applied(crm.name)) == view.counts.applied
    assert {value(four, record) for record in four.accounts().values()} == {person}


@pytest.mark.parametrize("crm", [CRMS[0], CRMS[3]], ids=lambda crm: crm.name)
def test_an_upload_carries_ids_too(four: Staffed, crm: Crm) -> None:
    four.pull_people()
    person, users = four.make_person(at=11)
    four.add_role(crms=[crm])
    four.pull()
    answers = [four.edit(person, record=record, send=False) for record in four.accounts().values()]
    view = four.send_drafts(route=Route.BULK)[crm.name]
    assert view.route is Route.BULK
    assert view.counts.applied == sum(answer.state == "draft" for answer in answers)
    entries = four.applied(crm.name)
    assert len(entries) == view.counts.applied > 0
    assert all(entry["fields"] == {crm.owner: users[crm.name]} for entry in entries)
    assert {value(four, record) for record in four.accounts().values()} == {person}


def test_a_role_is_undone_as_ids_and_read_back_as_the_member(four: Staffed) -> None:
    four.pull_people()
    person, _ = four.make_person(at=11)
    four.add_role()
    four.pull()
    record = four.accounts()[SHARED[6]]
    before = {link.integration_id: link.values[ATTRIBUTE] for link in four.links(record)}
    assert person not in before.values()
    jobs = four.run(four.edit(person, record=record))
    four.undo([view.id for view in jobs.values()])
    held = {link.integration_id: link.values[ATTRIBUTE] for link in four.links(record)}
    assert held == before


def test_a_conflict_shows_members_and_is_settled_by_either(four: Staffed) -> None:
    four.pull_people()
    person, users = four.make_person(at=11)
    four.add_role(crms=CRMS[:1])
    four.pull()
    record = four.accounts()[SHARED[6]]
    other, other_mail = four.users("salesforce", at=9)
    key = next(link.key for link in four.links(record) if link.integration_id == "i1")
    four.running["salesforce"].crm.edit("Account", key, {"OwnerId": other})
    answer = four.edit(person, record=record)
    assert answer.state == "conflict"
    (target,) = four.runtime.told.record(record).targets_of(ATTRIBUTE)
    assert (target.state, target.theirs) == ("conflict", other_mail.lower())
    four.runtime.settle_conflicts(
        (ConflictChoice(record, ATTRIBUTE, ConflictRule.OURS),), author="ana", act=four.act()
    )
    assert four.send_drafts()["salesforce"].counts.applied == 1
    assert four.applied("salesforce")[-1]["fields"] == {"OwnerId": users["salesforce"]}


def test_an_owner_that_a_crm_requires_is_not_cleared(four: Staffed) -> None:
    four.pull_people()
    person, _ = four.make_person()
    four.add_role()
    four.pull()
    record = four.accounts()[SHARED[2]]
    four.run(four.edit(person, record=record))
    jobs = four.run(four.edit(None, record=record))
    assert jobs["hubspot"].counts.applied == 1  # the one of the four that lets a record be without
    for name in ("salesforce", "dynamics", "zoho"):
        assert jobs[name].counts.blocked == 1, name
        (row,) = four.runtime.told.job_rows(jobs[name].id)
        assert row.code == "value.required"
    (role,) = four.runtime.roles()
    assert {one.connection: one.clearable for one in role.mappings} == {
        "salesforce": False,
        "hubspot": True,
        "dynamics": False,
        "zoho": False,
    }


def test_what_hangs_on_the_owner_is_fresh_at_once(four: Staffed) -> None:
    """D6: the name behind the re-pointed reference arrives in the same pass."""
    names = {
        "salesforce": "Owner.Name",
        "hubspot": "owner.lastName",
        "dynamics": "ownerid.fullname",
        "zoho": "Owner.full_name",
    }
    four.pull_people()
    person, _users = four.make_person()
    four.add_role()
    for name, path in names.items():
        mapping = FieldMapping(FieldPath.parse(path), f"owner_name_{name}")
        four.runtime.map_fields(four.integrations[name], (mapping,), act=four.act())
    four.pull()
    record = four.accounts()[SHARED[3]]
    four.run(four.edit(person, record=record))
    titles = {
        match.connection: match.user.title
        for one in four.runtime.people().people
        if one.id == person
        for match in one.matches
        if match.user
    }
    for name in names:
        held = value(four, record, f"owner_name_{name}")
        assert held
        assert titles[name].endswith(held), name


def test_the_count_in_the_consequence_is_the_crms_own(four: Staffed) -> None:
    four.pull_people()
    four.add_role()
    four.pull()
    for crm in CRMS:
        told = four.runtime.role_consequence(four.integrations[crm.name], crm.owner)
        query = ReadQuery(object=crm.object, paths=(crm.title, crm.owner))
        connection = four.runtime.told.connections()
        key = next(one.id for one in connection if one.name == crm.name)
        rows = [row[2] for page in four.runtime.sessions.open(key).read(query) for row in page.rows]
        owner = next(owner for title, owner in rows if title == told.record)
        assert told.records == sum(one == owner for _, one in rows), crm.name
        members = four.runtime.people().people
        users = [match.user for one in members for match in one.matches if match.user is not None]
        assert told.person in {user.title for user in users if user.id == owner} | {owner}, crm.name


def test_two_roles_on_one_column_are_refused_with_both_names(four: Staffed) -> None:
    four.add_role(crms=CRMS[:1])
    four.runtime.add_role(RoleWish("Sales Manager"), act=four.act())
    with pytest.raises(MappingError) as refused:
        four.runtime.map_role(
            "Sales Manager",
            "i1",
            "OwnerId",
            write_back=False,
            reference_mode=ReferenceMode.REPOINT,
            act=four.act(),
        )
    assert refused.value.code == "role.same_column"
    assert {refused.value.facts["first"], refused.value.facts["second"]} == {
        "Success Manager",
        "Sales Manager",
    }


def test_a_team_owns_where_the_crm_has_teams(four: Staffed) -> None:
    four.pull_people()
    four.add_role(crms=[CRMS[2]])
    four.pull()
    record = four.accounts()[SHARED[4]]
    jobs = four.run(four.edit("Inside Sales", record=record))
    assert jobs["dynamics"].counts.applied == 1
    (entry,) = four.applied("dynamics")
    team = next(one for one in four.runtime.people().people if one.name == "Inside Sales")
    assert team.kind is PersonKind.TEAM
    assert entry["fields"] == {"ownerid": next(m.user.id for m in team.matches if m.user)}
    assert value(four, record) == team.id == "team:inside-sales"


def test_a_member_that_is_given_to_another_takes_values_edits_and_conflicts_along(four: Staffed) -> None:
    four.pull_people()
    four.add_role(crms=CRMS[:1])
    four.pull()
    view = four.runtime.people()
    names = {one.id: one for one in view.people}
    record, other = (four.accounts()[SHARED[at]] for at in (0, 1))
    was = value(four, record)
    assert names[was].matches
    target = next(one.id for one in view.people if one.matches[1].state == "matched" and one.id != was)
    assert four.edit(was, record=other, send=False).state == "draft"
    user = next(
        match.user.id for match in names[was].matches if match.user and match.connection == "salesforce"
    )
    told = four.runtime.match_person(target, "salesforce", user=user, author="ana", act=four.act())
    assert was not in {one.id for one in four.runtime.people().people}
    assert value(four, record) == target
    draft = four.runtime.told.record(other).row.mark_of(ATTRIBUTE)
    assert draft
    assert draft.new == target
    four.pull()
    assert value(four, record) == target
    assert told.id == target


def test_that_somebody_is_nobody_is_remembered_too(four: Staffed) -> None:
    four.pull_people()
    person = four.users("zoho", at=5)[1].lower()
    told = four.runtime.match_person(person, "zoho", user="", author="ana", act=four.act())
    states = {match.connection: match.state for match in told.matches}
    assert states["zoho"] == "unmatched"
    four.pull_people()
    (again,) = [one for one in four.runtime.people().people if one.id == person]
    assert {match.connection: match.state for match in again.matches} == states


def test_a_mapping_that_is_refused_leaves_the_earlier_one(four: Staffed) -> None:
    four.add_role(crms=CRMS[:1])
    before = four.runtime.integrations()[0].mappings
    with pytest.raises(MappingError) as refused:
        four.runtime.map_role(
            "Success Manager",
            "i1",
            "LastModifiedById",
            write_back=True,
            reference_mode=ReferenceMode.REPOINT,
            act=four.act(),
        )
    assert refused.value.code == "mapping.not_writable"
    assert four.runtime.integrations()[0].mappings == before


def test_a_preview_shows_the_team_member(four: Staffed) -> None:
    four.pull_people()
    four.add_role(crms=CRMS[:1])
    told = four.runtime.preview("i1", limit=3)
    place = told.paths.index("OwnerId")
    assert all(row.cells[place].raw.startswith("005") for row in told.rows)
    assert all("@" in row.cells[place].kept for row in told.rows)


def test_a_queue_is_refused_where_a_person_has_to_own(four: Staffed) -> None:
    four.pull_people()
    four.add_role(crms=CRMS[:1])
    four.pull()
    answer = four.edit("Support Queue", record=four.accounts()[SHARED[4]])
    assert answer.state == "blocked"
    assert answer.reason
    assert answer.reason.code == "reference.wrong_kind"
    assert four.applied("salesforce") == []


def test_somebody_switched_off_since_is_found_out_before_anything_is_sent(four: Staffed) -> None:
    four.pull_people()
    person, users = four.make_person()
    four.add_role(crms=CRMS[:1])
    four.pull()
    four.running["salesforce"].crm.edit("User", users["salesforce"], {"IsActive": False})
    answer = four.edit(person, record=four.accounts()[SHARED[4]])
    assert answer.state == "blocked"
    assert answer.reason
    assert answer.reason.code == "reference.inactive"
    assert users["salesforce"] in str(dict(answer.reason.facts)["candidates"])
    assert four.applied("salesforce") == []


def test_a_mail_of_two_users_is_nobodys_until_a_person_chooses(four: Staffed) -> None:
    four.pull_people()
    view = four.runtime.people()
    (doubtful,) = [one for one in view.people if len(one.matches[0].candidates) > 1]
    assert doubtful.matches[0].state == "ambiguous"
    candidates = doubtful.matches[0].candidates
    four.add_role(crms=CRMS[:1])
    four.pull()
    record = four.accounts()[SHARED[5]]
    answer = four.edit(doubtful.id, record=record)
    assert answer.reason
    assert answer.reason.code in ("reference.ambiguous_person", "role.inactive")
    chosen = four.runtime.match_person(
        doubtful.id, "salesforce", user=candidates[1].id, author="ana", act=four.act()
    )
    assert chosen.matches[0].matched_by is MatchedBy.HAND
    four.pull_people()
    (again,) = [one for one in four.runtime.people().people if one.id == doubtful.id]
    assert again.matches[0].user
    assert again.matches[0].user.id == candidates[1].id
    assert four.run(four.edit(doubtful.id, record=record))["salesforce"].counts.applied == 1
    assert four.applied("salesforce")[0]["fields"] == {"OwnerId": candidates[1].id}


def value(four: Staffed, record: RecordId, attribute: str = ATTRIBUTE) -> str:
    """What our record holds."""
    held = four.runtime.told.find_record(record).values[attribute]
    assert held is None or isinstance(held, str)
    return held or ""

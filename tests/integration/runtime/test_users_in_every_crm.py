"""Users in each bundled CRM: header attributes, what somebody is at one account, and the key contact.

What a CRM took is read from its simulator's applied-log, which shares no code with the connector.
"""

import json
from collections import abc
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from writeback.cli.application import run as run_command
from writeback.model.changes import Origin
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.types import RecordId
from writeback.runtime.facade import ConnectionWish, Edit, IntegrationWish
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Running
from writeback.settings import load

ROWS = 40


class Case(NamedTuple):
    """What the parts of a person are called in one CRM."""

    connector: str
    account: str
    contact: str
    header: abc.Mapping[str, str]
    """By field: what it is set to."""
    email: str
    membership: str
    role: str
    """The field that says what somebody is at an account."""
    wished: str
    """What it is set to, as typed."""
    logged: object
    """The same as the CRM keeps it."""
    key_contact: str
    """The path from an account to its key contact; "" where the CRM has none."""
    pointer: str
    """The field of the account that is written by it."""


CASES = {
    one.connector: one
    for one in (
        Case(
            *("salesforce", "Account", "Contact"),
            {"FirstName": "Ana", "LastName": "Bauer", "Title": "CFO", "Phone": "+49 30 1"},
            *("Email", "AccountContactRelation", "Roles", "Decision Maker;Influencer"),
            *("Decision Maker;Influencer", "Primary_Contact__r.Email", "Primary_Contact__c"),
        ),
        Case(
            *("dynamics", "account", "contact"),
            {"firstname": "Ana", "lastname": "Bauer", "jobtitle": "CFO", "telephone1": "+49 30 1"},
            *("emailaddress1", "contact", "accountrolecode", "1", 1),
            *("primarycontactid.emailaddress1", "primarycontactid"),
        ),
        Case(
            *("zoho", "Accounts", "Contacts"),
            {"First_Name": "Ana", "Last_Name": "Bauer", "Title": "CFO", "Phone": "+49 30 1"},
            *("Email", "Contacts", "Account_Role", "Employee", "Employee"),
            *("Primary_Contact.Email", "Primary_Contact"),
        ),
        Case(
            *("hubspot", "companies", "contacts"),
            {"firstname": "Ana", "lastname": "Bauer", "jobtitle": "CFO", "phone": "+49 30 1"},
            *("email", "contacts_to_companies", "labels", "1;35", None, "", ""),
        ),
    )
}
WITH_MEMBERSHIPS = [name for name in CASES if name != "hubspot"]
WITH_KEY_CONTACT = [name for name, case in CASES.items() if case.key_contact]


class Room:
    """One CRM with its accounts, people and memberships pulled."""

    def __init__(self, runtime: Runtime, running: Running, case: Case) -> None:
        self.runtime, self.running, self.case = runtime, running, case
        self.accounts = self._pulled(case.account, "account", (case.key_contact,))
        self.people = self._pulled(case.contact, "user", (*case.header, case.email))
        self.memberships = self._pulled(case.membership, "membership", (case.role,))

    def _pulled(self, name: str, entity: str, paths: abc.Iterable[str]) -> Integration:
        runtime = self.runtime
        made = runtime.add_integration(IntegrationWish("C", name, entity), act=runtime.new_id())
        title = runtime.describe("C", name).name_field
        wanted = dict.fromkeys(path for path in (title, *paths) if path)
        mappings = tuple(
            FieldMapping(FieldPath.parse(path), self.attribute(path), write_back=path != title)
            for path in wanted
            if path != made.key
        )
        made = runtime.map_fields(made.id, mappings, act=runtime.new_id())
        runtime.pull(made.id, act=runtime.new_id())
        return made

    @staticmethod
    def attribute(path: str) -> str:
        name = path.replace(".", "_").casefold()
        return f"person_{name}" if name == "title" else name

    def first(self, entity: str) -> RecordId:
        return self.runtime.told.records(entity, limit=1).records[0].id

    def send(self, rid: str, values: abc.Mapping[str, str]) -> list[dict[str, Any]]:
        """Send edits of one record by path; gives what the CRM took for it."""
        before = len(list(self.running.crm.applied.entries(after=0)))
        edits = tuple(Edit(RecordId(rid), self.attribute(path), text) for path, text in values.items())
        answers = self.runtime.save_edits(
            edits, origin=Origin.PROFILE, author="ana", act=self.runtime.new_id(), send=True
        )
        assert {one.state for one in answers} == {"sending"}, answers
        self.runtime.run_until_final({job for one in answers for job in one.job_ids})
        assert not self.runtime.told.record(rid).row.marks
        return [one for one in self.running.crm.applied.entries(after=before) if one["route"] != "foreign"]


@contextmanager
def room_of(folder: Path, case: Case) -> abc.Iterator[Room]:
    token = folder / "token"
    with start_simulator(SimulatorWish(case.connector, rows=ROWS)) as running:
        token.write_text(running.token)
        token.chmod(0o600)
        with Runtime.open(folder / "w" / "w.writeback", settings=load({}), create=True) as runtime:
            wish = ConnectionWish("C", case.connector, endpoint=running.url, token_file=str(token))
            runtime.connect(wish, act=runtime.new_id())
            yield Room(runtime, running, case)


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[abc.Callable[[str], Room]]:
    from contextlib import ExitStack  # noqa: PLC0415

    made: dict[str, Room] = {}
    with ExitStack() as stack:

        def room(name: str) -> Room:
            if name not in made:
                made[name] = stack.enter_context(room_of(tmp_path_factory.mktemp(name), CASES[name]))
            return made[name]

        yield room


@pytest.mark.parametrize("name", CASES)
def test_header_attributes_are_written_to_the_person(rooms: abc.Callable[[str], Room], name: str) -> None:
    room = rooms(name)
    rid = room.first("user")
    taken = room.send(rid, room.case.header)
    (key,) = (link.key for link in room.runtime.told.record(rid).links)
    assert {(one["object"], one["id"]) for one in taken} == {(room.case.contact, key)}
    written = {field: value for one in taken for field, value in one["fields"].items()}
    assert written | dict(room.case.header) == written


@pytest.mark.parametrize("name", WITH_MEMBERSHIPS)
def test_what_somebody_is_at_an_account_is_written(rooms: abc.Callable[[str], Room], name: str) -> None:
    room = rooms(name)
    account = room.first("account")
    member = room.runtime.told.record(account).members[0]
    (here, *_others) = [
        one
        for one in room.runtime.told.memberships(room.runtime.told.find_record(member.rid))
        if one.account is not None and one.account.rid == account
    ]
    assert here.person is not None
    assert here.person.rid == member.rid
    (taken,) = room.send(here.record.rid, {room.case.role: room.case.wished})
    assert (taken["object"], taken["id"]) == (room.case.membership, here.record.links[0].key)
    assert taken["fields"][room.case.role] == room.case.logged


def test_labels_of_a_contact_at_a_company_are_added_and_taken_away(
    rooms: abc.Callable[[str], Room],
) -> None:
    room = rooms("hubspot")
    told = room.runtime.told
    member = told.record(room.first("account")).members[0]
    (here,) = told.memberships(told.find_record(member.rid))
    rid = here.record.rid
    contact, company = here.record.links[0].key.split("-")
    (added,) = room.send(rid, {"labels": "1;35"})
    assert (added["object"], added["id"], added["operation"]) == ("contacts", contact, "link")
    assert added["fields"] == {"companies": company, "types": [1, 35]}
    (ended,) = room.send(rid, {"labels": "1"})
    assert (ended["operation"], ended["fields"]["types"]) == ("unlink", [35])

    # the mark of the primary company is not taken away, and nothing is sent
    before = len(room.running.crm.applied)
    edit = Edit(RecordId(rid), "labels", "35")
    (answer,) = room.runtime.save_edits(
        (edit,), origin=Origin.PROFILE, author="ana", act=room.runtime.new_id(), send=True
    )
    room.runtime.run_until_final(answer.job_ids)
    mark = dict(told.record(rid).row.marks)["labels"]
    assert (mark.state, mark.code) == ("refused", "hubspot.primary_label")
    assert len(room.running.crm.applied) == before


@pytest.mark.parametrize("name", WITH_KEY_CONTACT)
def test_the_key_contact_is_a_reference_to_a_person(rooms: abc.Callable[[str], Room], name: str) -> None:
    room = rooms(name)
    told = room.runtime.told
    email = room.attribute(room.case.email)
    person = next(one for one in told.records("user", limit=ROWS).records if one.values[email])
    rid = told.records("account", limit=ROWS).records[-1].id
    (taken,) = room.send(rid, {room.case.key_contact: str(person.values[email])})
    assert taken["object"] == room.case.account
    (key,) = (link.key for link in told.record(person.id).links)
    assert key in str(taken["fields"][room.case.pointer])


def test_a_person_in_several_accounts_says_how_many_others_show_it(
    rooms: abc.Callable[[str], Room],
) -> None:
    room = rooms("salesforce")
    told = room.runtime.told
    counted = {
        member.rid: member.others
        for one in told.records("account", limit=ROWS).records
        for member in told.record(one.id).members
    }
    assert set(counted.values()) == {0, 1}
    shared = next(rid for rid, others in counted.items() if others)
    at = [one.account for one in told.memberships(told.find_record(shared))]
    assert len({one.rid for one in at if one is not None}) == 2


def test_the_command_line_edits_what_a_person_is_at_an_account(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with room_of(tmp_path, CASES["salesforce"]) as room:
        told = room.runtime.told
        account, other = (one.id for one in told.records("account", limit=2).records)
        member = told.record(account).members[0].rid
        before = len(room.running.crm.applied)
        workspace = ["--workspace", str(tmp_path / "w" / "w.writeback")]
        edit = ["edit", member, "--at", account, "roles=Evaluator", "--send", "--json"]
        assert run_command([*workspace, *edit]) == 0
        (taken,) = list(room.running.crm.applied.entries(after=before))
        assert (taken["object"], taken["fields"]["Roles"]) == ("AccountContactRelation", "Evaluator")
        capsys.readouterr()
        assert run_command([*workspace, "records", "show", member, "--json"]) == 0
        shown = json.loads(capsys.readouterr().out)["memberships"]
        assert [one["values"]["roles"] for one in shown if one["account"]["record"] == account] == [
            ["Evaluator"]
        ]
        assert run_command([*workspace, "records", "show", member]) == 0
        assert "Evaluator" in capsys.readouterr().out
        stranger = next(one.rid for one in told.record(other).members if not one.others)
        assert run_command([*workspace, "edit", stranger, "--at", account, "roles=Evaluator"]) == 2
        assert "Nothing was read of what" in capsys.readouterr().err

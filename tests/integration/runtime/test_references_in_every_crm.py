"""Both meanings of a reference against each bundled CRM: two plans for one edit, who shows it, any depth.

The number is held against a whole pull of the simulator; what is written against its applied-log.
"""

from collections import Counter, abc
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from writeback.errors import MappingError
from writeback.model.changes import Origin
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration, ReferenceMode
from writeback.model.types import JobId
from writeback.runtime.facade import ConnectionWish, IntegrationWish, PlanGroup, PlanSource, PlanView
from writeback.runtime.job_views import PlanRow
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Running
from writeback.settings import load

EDIT, REPOINT = ReferenceMode.EDIT_TARGET, ReferenceMode.REPOINT
ROWS = 60


class Case(NamedTuple):
    """Paths of one CRM, and what writing them means there."""

    connector: str
    object: str
    path: str
    """One hop, to a field that names the record."""
    reference: str
    """The field that holds the id, as it is read and written."""
    target: str
    value: str
    """What the target's field is changed to."""
    far: str
    """Two hops at least: the deepest path of which something may be written."""
    far_mode: ReferenceMode
    far_target: str
    far_field: str
    closed: str
    """A path that is not written with EDIT."""
    counted: str = "crm"


CASES = {
    one.connector: one
    for one in (
        Case(
            *("salesforce", "Account", "Owner.Email", "OwnerId", "User", "ana@acme.test"),
            *("Parent.Owner.Manager.Title", EDIT, "User", "Title", "Owner.Name"),
        ),
        Case(
            *("hubspot", "contacts", "company.domain", "hs_association_company", "companies", "acme.test"),
            *("company.owner.email", REPOINT, "companies", "hubspot_owner_id", "owner.email"),
            counted="local",  # a search compares properties of the record itself only
        ),
        Case(
            *("dynamics", "account", "ownerid.internalemailaddress", "ownerid", "systemuser", "a@acme.test"),
            *("parentaccountid.parentaccountid.ownerid.title", EDIT, "systemuser", "title"),
            "ownerid.fullname",
        ),
        Case(
            *("zoho", "Accounts", "Parent_Account.Account_Name", "Parent_Account", "Accounts", "Acme Sun"),
            *("Parent_Account.Parent_Account.Primary_Contact.Phone", EDIT, "Contacts", "Phone"),
            "Owner.email",
        ),
    )
}


@dataclass
class Desk:
    """One CRM, connected and pulled: the id behind the reference, and what is shown of it."""

    case: Case
    runtime: Runtime
    crm: Running
    integration: Integration
    folder: Path

    def held(self) -> dict[str, tuple[str, str]]:
        """Give by CRM key the id that the reference holds and what is shown of the record there."""
        page = self.runtime.told.records("account", limit=1_000, integration=self.integration.id)
        return {
            page.keys[one.id]: (str(one.values["ref"] or ""), str(one.values["shown"] or ""))
            for one in page.records
        }

    def crowd(self) -> tuple[str, list[str]]:
        """Give the record that most point at, with the keys of those that do."""
        held = self.held()
        counts = Counter(ref for ref, _ in held.values() if ref)
        ref = counts.most_common(1)[0][0]
        return ref, [key for key, (mine, _) in held.items() if mine == ref]

    def file(self, path: str, rows: abc.Mapping[str, str]) -> str:
        file = self.folder / "in.csv"
        lines = "".join(f"{key},{value}\n" for key, value in rows.items())
        file.write_text(f"{self.key},{path}\n{lines}", encoding="utf-8")
        return str(file)

    @property
    def key(self) -> str:
        return self.runtime.describe("C", self.case.object).key_field

    def plan(self, path: str, rows: abc.Mapping[str, str], mode: ReferenceMode) -> PlanView:
        source = PlanSource(
            kind="file",
            origin=Origin.FILE,
            path=self.file(path, rows),
            connection="C",
            object=self.case.object,
            key=self.key,
            reference_modes=((path, mode),),
        )
        return self.runtime.propose(source, act=self.runtime.new_id())

    def only(self, plan: PlanView) -> tuple[PlanGroup, list[PlanRow]]:
        (group,) = plan.groups
        return group, list(self.runtime.told.plan_rows([group.job_id]))

    def send(self, plan: PlanView) -> tuple[JobId, ...]:
        jobs = self.runtime.submit(plan.id, act=self.runtime.new_id())
        self.runtime.run_until_final(jobs)
        return jobs

    def written(self) -> list[tuple[str, str, dict[str, object]]]:
        entries = self.crm.crm.applied.entries()
        return [(str(one["object"]), str(one["id"]), dict(one["fields"])) for one in entries]  # type: ignore[call-overload]


@pytest.fixture(params=CASES)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> abc.Iterator[Desk]:
    case = CASES[request.param]
    with start_simulator(SimulatorWish(case.connector, rows=ROWS)) as crm:
        token = tmp_path / "token"
        token.write_text(crm.token)
        token.chmod(0o600)
        with Runtime.open(tmp_path / "w" / "w.writeback", settings=load({}), create=True) as runtime:
            wish = ConnectionWish("C", case.connector, endpoint=crm.url, token_file=str(token))
            runtime.connect(wish, act="a1")
            made = runtime.add_integration(IntegrationWish("C", case.object, "account"), act="a2")
            mappings = (
                FieldMapping(FieldPath.parse(case.reference), "ref"),
                FieldMapping(FieldPath.parse(case.path), "shown"),
            )
            made = runtime.map_fields(made.id, mappings, act="a3")
            runtime.pull(made.id, act="a4")
            yield Desk(case, runtime, crm, made, tmp_path)


def test_one_edit_makes_two_plans_and_each_says_which_record_it_writes(desk: Desk) -> None:
    case = desk.case
    ref, mine = desk.crowd()
    shown = desk.held()[mine[0]][1]
    names = sorted({told for held, told in desk.held().values() if held and told and told != shown})
    planned = ((name, desk.only(desk.plan(case.path, {mine[0]: name}, REPOINT))) for name in names)
    name, (group, (row,)) = next(one for one in planned if one[1][1][0].verdict == "send")  # who is active
    assert (group.object, group.root, row.record_id, row.yours) == (case.object, "", mine[0], name)
    group, (row,) = desk.only(desk.plan(case.path, {mine[0]: name}, EDIT))
    assert (group.object, group.root, row.record_id) == (case.target, case.object, ref)
    assert (row.verdict, row.yours) == ("send", name)


def test_the_number_that_is_told_is_the_number_of_the_simulator(desk: Desk) -> None:
    ref, mine = desk.crowd()
    group, _ = desk.only(desk.plan(desk.case.path, {mine[0]: desk.case.value}, EDIT))
    counted = "local" if group.shown_locally else "crm"
    assert counted == desk.case.counted
    if counted == "crm":
        assert group.shown_by == sum(held == ref for held, _ in desk.held().values())
        assert group.edits[0][1] == group.shown_by


def test_editing_behind_the_reference_is_one_write_that_all_see(desk: Desk) -> None:
    ref, mine = desk.crowd()
    rows = dict.fromkeys(mine[:3], desk.case.value)
    (job,) = desk.send(desk.plan(desk.case.path, rows, EDIT))
    assert desk.runtime.told.job(job).counts.applied == 1
    field = desk.case.path.rpartition(".")[2]
    assert desk.written() == [(desk.case.target, ref, {field: desk.case.value})]
    if desk.case.counted == "local":  # nobody could say who shows it: the next pull reads everything
        desk.runtime.pull(desk.integration.id, act=desk.runtime.new_id())
    assert {desk.held()[key][1] for key in mine} == {desk.case.value}


def test_a_long_path_leads_to_the_record_at_its_end(desk: Desk) -> None:
    case = desk.case
    aims = desk.runtime.describe("C", case.far_target)
    assert aims.field(case.far_field) is not None
    value = "someone" if case.far_mode is EDIT else next(told for told in owners(desk) if told)
    plan = desk.plan(case.far, dict.fromkeys(list(desk.held()), value), case.far_mode)
    group, rows = desk.only(plan)
    assert (group.object, group.root) == (case.far_target, case.object)
    reached = [row for row in rows if row.verdict in ("send", "unchanged")]
    assert reached, {row.reason for row in rows}
    assert len({row.record_id for row in reached}) == len(reached)


def owners(desk: Desk) -> list[str]:
    """Give addresses that the far reference may be pointed at."""
    made = desk.runtime.add_integration(
        IntegrationWish("C", "owners" if desk.case.connector == "hubspot" else "User", "user"), act="o1"
    )
    desk.runtime.map_fields(made.id, (FieldMapping(FieldPath.parse("email"), "email"),), act="o2")
    desk.runtime.pull(made.id, act="o3")
    return [str(one.values["email"] or "") for one in desk.runtime.told.records("user", limit=50).records]


def test_what_may_not_be_edited_there_is_refused_when_it_is_mapped(desk: Desk) -> None:
    path = FieldPath.parse(desk.case.closed)
    mapping = FieldMapping(path, "closed", write_back=True, reference_mode=EDIT)
    with pytest.raises(MappingError) as caught:
        desk.runtime.map_fields(desk.integration.id, (mapping,), act="m1")
    assert caught.value.code in ("mapping.not_writable", "reference.target_read_only")
    assert caught.value.facts["field"] == desk.case.closed


def test_what_may_not_be_edited_there_blocks_its_rows_in_a_file(desk: Desk) -> None:
    _, mine = desk.crowd()
    _, (row,) = desk.only(desk.plan(desk.case.closed, {mine[0]: "x"}, EDIT))
    assert row.verdict == "blocked"
    assert row.reason is not None
    assert dict(row.reason.facts)["field"] == desk.case.closed

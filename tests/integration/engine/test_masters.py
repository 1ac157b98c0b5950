"""Whose value a record of several CRMs holds: the rules in SQL against a model in Python, pull by pull."""

from collections import abc
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.doubles.lengths import examples
from tests.integration.engine.dict_session import Crm, DictSession
from tests.integration.engine.test_linking import integrate
from tests.unit.store.making import create
from writeback.engine import mastering
from writeback.engine.pulling import pull
from writeback.errors import ConfigurationError, UnknownAttributeError
from writeback.model.masters import MasterKind, MasterRule
from writeback.model.types import ConnectionId, Value
from writeback.store import checks, inbox, masters, records, sqlite
from writeback.store.inbox import Wanted
from writeback.store.workspace import Workspace

SITES = ("acme.example", "bolt.example")
NAMES = ("i1", "i2", "i3")
RULES = (
    MasterRule(),
    MasterRule(MasterKind.ASK),
    *(
        MasterRule(kind, ConnectionId(f"c{number}"))
        for kind in (MasterKind.PREFER, MasterKind.UNLESS_BLANK)
        for number in (1, 2, 3)
    ),
)


@dataclass
class Model:
    """What records should hold: one industry for each site."""

    rule: MasterRule
    held: dict[str, Value] = field(default_factory=dict)
    read: dict[str, dict[str, Value]] = field(default_factory=dict)
    """By site and integration: what was last read."""

    def pull(self, name: str, values: abc.Mapping[str, Value]) -> None:
        for site, new in values.items():
            read = self.read.setdefault(site, {})
            if site not in self.held:
                self.held[site] = new
            elif name not in read or (read[name] is None and self.rule.kind is not MasterKind.ASK):
                self.held[site] = new if self.held[site] is None else self.held[site]
            elif new != read[name] and self.rule.kind is not MasterKind.ASK:
                self.held[site] = new
            read[name] = new
            self.held[site] = self.decided(site)

    def decided(self, site: str) -> Value:
        read, held = self.read[site], self.held[site]
        told = [read[name] for name in NAMES if read.get(name) is not None]
        if self.rule.kind is MasterKind.ASK:
            return held if len(set(told)) > 1 else next(iter(told), None)
        mine = f"i{self.rule.connection_id[1:]}" if self.rule.connection_id else ""
        if mine not in read:
            return held
        if self.rule.kind is MasterKind.PREFER or read[mine] is not None:
            return read[mine]
        return next((one for one in (held, *told) if one is not None), None)

    def asked(self) -> set[str]:
        if self.rule.kind is not MasterKind.ASK:
            return set()
        return {
            site
            for site, read in self.read.items()
            if len({one for one in read.values() if one is not None}) > 1
        }


def run(workspace: Workspace, crm: Crm, name: str) -> None:
    crm.ticks += 10_000
    pull(name, DictSession(crm), workspace, seconds=crm.seconds)


def held(workspace: Workspace) -> dict[str, Value]:
    with workspace.reading() as db:
        page = records.page(db, "account", limit=100)
    return {str(one.values["website"]): one.values["industry"] for one in page}


def asked(workspace: Workspace) -> set[str]:
    with workspace.reading() as db:
        rows = sqlite.run(
            db,
            "select r.website from disagreements d join rec_account r on r.rid = d.rid where d.kept = ''",
        )
        return {str(row[0]) for row in rows}


def three(folder: Path) -> Workspace:
    workspace = create(folder)
    integrate(workspace, "First", match="website")
    integrate(workspace, "Second", match="website")
    integrate(workspace, "Third", match="website")
    return workspace


steps = st.lists(
    st.one_of(
        st.tuples(st.just("pull"), st.integers(0, 2), st.just(""), st.none()),
        st.tuples(
            st.just("put"),
            st.integers(0, 2),
            st.sampled_from(SITES),
            st.sampled_from(["Retail", "Energy", "Mining", None]),
        ),
    ),
    max_size=16,
)


@settings(
    max_examples=examples(12, nightly=400),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(rule=st.sampled_from(RULES), acts=steps)
def test_records_hold_what_the_rule_says_after_each_pull(
    tmp_path_factory: pytest.TempPathFactory,
    rule: MasterRule,
    acts: list[tuple[str, int, str, Value]],
) -> None:
    workspace = three(tmp_path_factory.mktemp("masters"))
    try:
        with workspace.writing() as db:
            masters.put(db, "account", "industry", rule)
        crms, model = (Crm(), Crm(), Crm()), Model(rule)
        ends = [("pull", number, "", None) for number in range(3)]
        for act, number, site, value in (*acts, *ends):
            crm = crms[number]
            if act == "put":
                crm.ticks += 1
                crm.put(site, Name=site, Web=site, Industry=value)
                continue
            run(workspace, crm, NAMES[number])
            model.pull(NAMES[number], {key: one["Industry"] for key, (_, one) in crm.records.items()})
            assert held(workspace) == model.held
            assert asked(workspace) == model.asked()
        with workspace.reading() as db:
            assert [one for one in checks.every(db) if not one.is_kept] == []
    finally:
        workspace.close()


@pytest.fixture
def disagreeing(tmp_path: Path) -> abc.Iterator[tuple[Workspace, tuple[Crm, Crm, Crm]]]:
    """Three CRMs with one account: Retail, Energy, nothing."""
    workspace = three(tmp_path)
    crms = (Crm(), Crm(), Crm())
    for crm, name, industry in zip(crms, NAMES, ("Retail", "Energy", None), strict=True):
        crm.put("K", Name="Acme", Web=SITES[0], Industry=industry)
        run(workspace, crm, name)
    yield workspace, crms
    workspace.close()


@pytest.mark.parametrize(
    ("rule", "value", "count"),
    [
        (MasterRule(MasterKind.PREFER, ConnectionId("c2")), "Energy", 0),
        (MasterRule(MasterKind.PREFER, ConnectionId("c3")), None, 0),
        (MasterRule(MasterKind.UNLESS_BLANK, ConnectionId("c3")), "Retail", 0),
        (MasterRule(MasterKind.ASK), "Retail", 1),
        (MasterRule(), "Retail", 0),
    ],
)
def test_a_rule_that_is_changed_counts_at_once(
    disagreeing: tuple[Workspace, tuple[Crm, Crm, Crm]], rule: MasterRule, value: Value, count: int
) -> None:
    workspace, _ = disagreeing
    assert mastering.change_rule(workspace, "account", "industry", rule) == count
    assert held(workspace) == {SITES[0]: value}


def test_a_rule_about_somebody_else_is_refused(
    disagreeing: tuple[Workspace, tuple[Crm, Crm, Crm]],
) -> None:
    workspace, _ = disagreeing
    with pytest.raises(ConfigurationError) as caught:
        mastering.change_rule(
            workspace, "account", "industry", MasterRule(MasterKind.PREFER, ConnectionId("c9"))
        )
    assert caught.value.code == "master.not_a_source"
    with pytest.raises(UnknownAttributeError):
        mastering.change_rule(workspace, "account", "nothing", MasterRule(MasterKind.ASK))


def test_what_was_settled_stays_so_until_a_crm_changes(
    disagreeing: tuple[Workspace, tuple[Crm, Crm, Crm]],
) -> None:
    workspace, crms = disagreeing
    mastering.change_rule(workspace, "account", "industry", MasterRule(MasterKind.ASK))
    with workspace.reading() as db:
        (place,) = inbox.places(db, Wanted(rule="master"))
    with workspace.writing() as db:
        chosen = masters.Chosen("account", place.first, "industry", "Energy", "Second")
        masters.settle(db, chosen, author="ana", at=workspace.now())
    crms[0].put("K", Phone="1")
    run(workspace, crms[0], "i1")
    assert (held(workspace), asked(workspace)) == ({SITES[0]: "Energy"}, set())
    crms[0].put("K", Industry="Mining")
    run(workspace, crms[0], "i1")
    assert (held(workspace), asked(workspace)) == ({SITES[0]: "Energy"}, {SITES[0]})
    crms[1].put("K", Industry="Mining")
    run(workspace, crms[1], "i2")
    assert (held(workspace), asked(workspace)) == ({SITES[0]: "Mining"}, set())


def test_the_name_of_a_record_follows_its_master(
    disagreeing: tuple[Workspace, tuple[Crm, Crm, Crm]],
) -> None:
    workspace, crms = disagreeing
    mastering.change_rule(workspace, "account", "name", MasterRule(MasterKind.PREFER, ConnectionId("c2")))
    crms[1].put("K", Name="Acme Inc.")
    run(workspace, crms[1], "i2")
    crms[0].put("K", Name="ACME")
    run(workspace, crms[0], "i1")
    with workspace.reading() as db:
        (one,) = records.page(db, "account", limit=5)
    assert (one.title, one.values["name"]) == ("Acme Inc.", "Acme Inc.")

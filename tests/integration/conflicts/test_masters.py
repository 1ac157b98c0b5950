"""One account in four different CRMs that disagree: whose value it holds, and how they come to agree."""

from collections import abc
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.conflicts.conftest import FORMS, Form
from writeback.cli.application import run as run_command
from writeback.errors import ConfigurationError
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping
from writeback.model.masters import MasterKind, MasterRule
from writeback.model.types import ConnectionId
from writeback.runtime.disputing import ConflictView
from writeback.runtime.facade import ConflictDecision, ConnectionWish, IntegrationWish, PlanView
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Running
from writeback.settings import load
from writeback.store.inbox import Wanted

NAME = "Shared Holding 4711"


@dataclass
class Four:
    """A workspace that knows one account in four CRMs."""

    runtime: Runtime
    running: dict[str, Running]
    keys: dict[str, str]

    def act(self) -> str:
        return self.runtime.new_id()

    def connection(self, name: str) -> ConnectionId:
        return next(one.id for one in self.runtime.told.connections() if one.name == name)

    def change(self, name: str, text: str) -> None:
        form = FORMS[name]
        self.running[name].crm.edit(form.object, self.keys[name], {form.text: text})

    def pull(self) -> None:
        for one in self.runtime.integrations():
            self.runtime.pull(one.id, act=self.act())

    def held(self) -> object:
        (one,) = [r for r in self.runtime.told.records("account", limit=500).records if r.title == NAME]
        return one.values["notes"]

    def in_crms(self) -> dict[str, object]:
        return {name: self._in_crm(name, form) for name, form in FORMS.items()}

    def _in_crm(self, name: str, form: Form) -> object:
        session = self.runtime.sessions.open(self.connection(name))
        page = session.fetch(form.object, by=form.key, keys=[self.keys[name]], paths=[form.text])
        return page.rows[0][2][0]

    def send(self, plan: PlanView) -> None:
        self.runtime.run_until_final(self.runtime.submit(plan.id, act=self.act()))

    def inbox(self) -> list[ConflictView]:
        return list(self.runtime.told.conflicts(Wanted(rule="master")))


@pytest.fixture
def four(tmp_path: Path) -> abc.Iterator[Four]:
    running = {name: start_simulator(SimulatorWish(name, rows=6)) for name in FORMS}
    try:
        with Runtime.open(tmp_path / "w.writeback", settings=load({}), create=True) as runtime:
            made = Four(runtime, running, {})
            for name, form in FORMS.items():
                _connect(made, name, form, tmp_path)
            yield made
    finally:
        for one in running.values():
            one.close()


def _connect(four: Four, name: str, form: Form, folder: Path) -> None:
    """Connect and pull one CRM; the first time its first record gets the shared name."""
    runtime, simulator = four.runtime, four.running[name]
    token = folder / f"{name}.token"
    token.touch(0o600)
    token.write_text(simulator.token)
    wished = ConnectionWish(name, name, endpoint=simulator.url, token_file=str(token))
    runtime.connect(wished, act=four.act())
    wish = IntegrationWish(name, form.object, match="name")
    integration = runtime.add_integration(wish, act=four.act()).id
    mappings = (
        FieldMapping(FieldPath.parse(form.name), "name"),
        FieldMapping(FieldPath.parse(form.text), "notes", write_back=True),
    )
    runtime.map_fields(integration, mappings, act=four.act())
    runtime.pull(integration, act=four.act())
    if name in four.keys:
        return
    page = runtime.told.records("account", limit=1, integration=integration)
    four.keys[name] = next(iter(page.keys.values()))
    simulator.crm.edit(form.object, four.keys[name], {form.name: NAME, form.text: f"by {name}"})


def test_four_crms_that_disagree(four: Four, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Runtime.open(tmp_path / "again.writeback", settings=load({}), create=True) as runtime:
        again = Four(runtime, four.running, four.keys)
        for name, form in FORMS.items():  # named alike by now, so they are linked as they come in
            _connect(again, name, form, tmp_path)
        _each_may_be_the_master(again)
        _a_person_is_asked_and_all_agree(again)
        _what_differs_is_levelled(again)
    workspace = str(tmp_path / "again.writeback")
    capsys.readouterr()
    line = ["--workspace", workspace, "attributes", "master", "notes", "prefer:zoho", "--json"]
    assert run_command(line) == 0
    assert '"rule": "prefer:zoho"' in capsys.readouterr().out
    assert run_command(["--workspace", workspace, "attributes", "master"]) == 0
    assert "prefer:zoho" in capsys.readouterr().out
    assert run_command(["--workspace", workspace, "attributes", "master", "notes", "prefer"]) == 2
    assert run_command(["--workspace", workspace, "attributes", "agree", "notes", "--json"]) == 0


def _each_may_be_the_master(four: Four) -> None:
    for name in FORMS:
        rule = MasterRule(MasterKind.PREFER, four.connection(name))
        four.runtime.set_master("account", "notes", rule, act=four.act())
        assert four.held() == f"by {name}"
        other = next(one for one in FORMS if one != name)
        four.change(other, "newer, but not the master's")
        four.pull()
        assert four.held() == f"by {name}"
        four.change(other, f"by {other}")
        four.pull()


def _a_person_is_asked_and_all_agree(four: Four) -> None:
    made = four.runtime.set_master("account", "notes", MasterRule(MasterKind.ASK), act=four.act())
    assert made.asked == 1
    (one,) = four.inbox()
    assert {held.connection: held.value for held in one.held} == {name: f"by {name}" for name in FORMS}
    with pytest.raises(ConfigurationError):
        four.runtime.decide_conflicts(
            Wanted(rule="master"), ConflictDecision("crm", connection="nobody"), author="ana", act=four.act()
        )
    told = four.runtime.decide_conflicts(
        Wanted(rule="master"),
        ConflictDecision("crm", connection="hubspot", writes_others=True),
        author="ana",
        act=four.act(),
    )
    assert (four.held(), four.inbox()) == ("by hubspot", [])
    assert told.plan is not None
    assert sum(group.send for group in told.plan.groups) == 3
    four.send(told.plan)
    assert set(four.in_crms().values()) == {"by hubspot"}


def _what_differs_is_levelled(four: Four) -> None:
    rule = MasterRule(MasterKind.PREFER, four.connection("dynamics"))
    four.runtime.set_master("account", "notes", rule, act=four.act())
    four.change("salesforce", "something else")
    four.pull()
    made = four.runtime.level_values("account", "notes", author="ana", act=four.act())
    assert made.differing == 1
    assert made.plan is not None
    assert sum(group.send for group in made.plan.groups) == 1
    four.send(made.plan)
    assert set(four.in_crms().values()) == {"by hubspot"}

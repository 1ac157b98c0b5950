"""Whatever happens in the CRM before and during pulls: at rest both hold the same (R19)."""

import contextlib
import json
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.doubles.lengths import examples
from tests.integration.engine.dict_session import Crm, DictSession
from tests.unit.store.making import create, integrate
from writeback.engine.pulling import pull
from writeback.errors import LinkLostError
from writeback.model.types import AttributeType
from writeback.store import confirming, records, sqlite
from writeback.store.workspace import Workspace

Edit = tuple[str, str | None, int, str]
KEYS = [f"K{number}" for number in range(6)]
keys = st.sampled_from(KEYS)
values = st.sampled_from([None, "Retail", "Energy", "Mining"])
ticks = st.sampled_from([0, 1, 90_000])
acts = st.sampled_from(["edit", "edit", "edit", "remove", "ours", "ours"])
edits = st.lists(st.tuples(keys, values, ticks, acts), max_size=3)


class Pulls(RuleBasedStateMachine):
    """A CRM, its users, a person with drafts, and pulls that may be cut."""

    workspace: Workspace

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.workspace = create(Path(self.folder.name))
        self.account = integrate(
            self.workspace,
            {"Industry": ("industry", AttributeType.LIST), "Name": ("name", AttributeType.TEXT)},
        )
        self.crm = Crm()
        for key in KEYS:
            self.crm.put(key, Industry="Retail", Name=key)
        self.drafts: dict[str, tuple[str | None, str | None]] = {}
        self.unsettled: dict[str, tuple[str, str | None]] = {}

    @rule(edit=edits)
    def somebody_works_in_the_crm(self, edit: list[Edit]) -> None:
        for key, value, wait, act in edit:
            self.crm.ticks += wait
            if act == "remove":
                self.crm.remove(key)
            elif act == "ours":
                self.our_write_is_applied(key, value)
                if wait:
                    self.our_writes_are_settled()
            else:
                self.crm.put(key, Industry=value, Name=f"{key} {value}")

    @rule(
        during=st.lists(edits, max_size=4),
        page_size=st.integers(1, 4),
        full=st.booleans(),
        by_version=st.booleans(),
        cut=st.sampled_from([None, None, None, 1]),
        rest=st.booleans(),
    )
    def pull_while_they_work(
        self,
        *,
        during: list[list[Edit]],
        page_size: int,
        full: bool,
        by_version: bool,
        cut: int | None,
        rest: bool,
    ) -> None:
        def between(page: int) -> None:
            if page == cut:
                raise LinkLostError("link.lost")
            if page < len(during):
                self.somebody_works_in_the_crm(during[page])

        session = DictSession(self.crm, page_size=page_size, between=between, by_version=by_version)
        with contextlib.suppress(LinkLostError):
            pull("i1", session, self.workspace, full=full, seconds=self.crm.seconds)
        if rest:
            self.at_rest_both_hold_the_same()

    @rule(key=keys, new=values)
    def a_person_edits(self, key: str, new: str | None) -> None:
        with self.workspace.writing() as db:
            known = records.get_many(db, "account", [f"i1:{key}"])
            if not known or key in self.drafts:
                return
            old = known[records.record_id("i1", key)].values["industry"]
            assert old is None or isinstance(old, str)
            self.drafts[key] = (old, new)
            sqlite.run(
                db,
                "insert into drafts (rid, attribute, entity, kind, old, new, author, origin, created_at) "
                "values (?, 'industry', 'account', 'list', ?, ?, '', 'cli', '')",
                (f"i1:{key}", json.dumps(old), json.dumps(new)),
            )

    def our_write_is_applied(self, key: str, value: str | None) -> None:
        if key in self.crm.records and key not in self.drafts:
            self.crm.put(key, Industry=value)
            self.unsettled[key] = (self.crm.version, value)

    def our_writes_are_settled(self) -> None:
        """Write down what the CRM answered, maybe long after: somebody may have been at it since."""
        with self.workspace.writing() as db:
            known = records.get_many(db, "account", [f"i1:{key}" for key in self.unsettled])
            told = [
                (key, version, {"Industry": value})
                for key, (version, value) in self.unsettled.items()
                if f"i1:{key}" in known and key not in self.drafts
            ]
            confirming.confirm_values(db, integration=self.account, values=told)
        self.unsettled.clear()

    @rule()
    def at_rest_both_hold_the_same(self) -> None:
        self.crm.ticks += 1
        pull("i1", DictSession(self.crm, page_size=3), self.workspace, seconds=self.crm.seconds)
        with self.workspace.reading() as db:
            ours = {record.id.partition(":")[2]: record.values for record in records.page(db, "account")}
            snapshot = records.snapshot_of(db, self.account, KEYS)
        theirs = {
            key: {"industry": v.get("Industry"), "name": v.get("Name")}
            for key, (_, v) in self.crm.records.items()
        }
        assert ours == theirs
        assert {key: s.version for key, s in snapshot.items() if not s.is_gone} == {
            key: version for key, (version, _) in self.crm.records.items()
        }

    @invariant()
    def drafts_stand_and_conflicts_are_shown(self) -> None:
        if not hasattr(self, "drafts"):
            return
        with self.workspace.reading() as db:
            rows = sqlite.run(db, "select rid, old, new from drafts").fetchall()
            shown = {row[0]: row[1] for row in sqlite.run(db, "select rid, theirs from value_states")}
            held = records.get_many(db, "account", [f"i1:{key}" for key in self.drafts])
        assert {rid: (json.loads(old), json.loads(new)) for rid, old, new in rows} == {
            f"i1:{key}": pair for key, pair in self.drafts.items()
        }
        expected = {
            record.id: json.dumps(record.values["industry"])
            for record in held.values()
            if record.values["industry"] not in self.drafts[record.id.partition(":")[2]]
        }
        assert shown == expected

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.workspace.close()
            self.folder.cleanup()


TestPulls = Pulls.TestCase
TestPulls.settings = settings(max_examples=examples(20, nightly=400), stateful_step_count=20, deadline=None)

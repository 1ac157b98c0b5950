"""An inbox of conflicts for screens: rows in the tables, and a façade that settles them without a CRM."""

import json
from collections import abc

from sqlalchemy import delete, insert
from sqlalchemy.engine import Connection

from tests.gui.seeding import NOW, rid
from writeback.model.masters import MasterKind, MasterRule
from writeback.runtime.facade import (
    ConflictDecision,
    ConflictsLooked,
    ConflictsSettled,
    MasterChanged,
    PlanView,
)
from writeback.store import inbox, masters, moments, schema
from writeback.store.inbox import VALUE, Place, Wanted
from writeback.store.workspace import Workspace

INDUSTRIES = ("Banking", "Retail", "Energy", "Media")


def seed_conflicts(db: Connection, *, first: int = 20, count: int = 12) -> None:
    """Values in conflict, some told by whom, one with CRMs that disagree."""
    for number in range(first, first + count):
        ours, theirs = INDUSTRIES[number % 4], INDUSTRIES[(number + 1) % 4]
        told = "Changed in the CRM by <b>ben</b> (CRM_UI) at 2026-11-24 13:02 UTC." if number % 3 == 0 else ""
        place = {"rid": rid(number), "attribute": "industry"}
        db.execute(
            insert(schema.value_states).values(
                **place,
                integration_id="i1",
                state="conflict",
                job_id="",
                new=json.dumps(ours),
                theirs=json.dumps(theirs),
                code="pull.conflict",
                message=told,
                at=moments.to_text(NOW),
            )
        )
        db.execute(delete(schema.drafts).where(schema.drafts.c.rid == rid(number)))
        db.execute(
            insert(schema.drafts).values(
                **place,
                entity="account",
                kind="list",
                old=json.dumps("Mining"),
                new=json.dumps(ours),
                author="ana",
                origin="segment",
                created_at=moments.to_text(NOW),
            )
        )
    db.execute(
        insert(schema.disagreements).values(
            rid=rid(60),
            attribute="tier",
            entity="account",
            held=json.dumps({"i1": "Gold", "i2": "Silver"}),
            kept="",
            author="",
            at=moments.to_text(NOW),
        )
    )


class ScriptedConflicts:
    """Answers about conflicts as the real façade would, where no CRM is asked."""

    workspace: Workspace

    def _note(self, call: str, what: object = None) -> None:
        raise NotImplementedError

    def _journal(self, db: object, kind: str, subject: str) -> None:
        raise NotImplementedError

    def _plan(self) -> PlanView:
        raise NotImplementedError

    def decide_conflicts(
        self, wanted: Wanted, decision: ConflictDecision, *, author: str, act: str
    ) -> ConflictsSettled:
        self._note("decide_conflicts", (wanted, decision))
        with self.workspace.writing() as db:
            found = inbox.places(db, wanted)
            self._forget(db, found)
            self._journal(db, "edit_saved", "conflicts")
        plan = self._plan() if decision.keep != "crm" else None
        return ConflictsSettled(len(found), plan)

    def set_master(self, entity: str, attribute: str, rule: MasterRule, *, act: str) -> MasterChanged:
        self._note("set_master", (entity, attribute, rule))
        with self.workspace.writing() as db:
            masters.put(db, entity, attribute, rule)
            self._journal(db, "model_changed", entity)
        return MasterChanged(entity, attribute, rule, 3 if rule.kind is MasterKind.ASK else 0)

    def look_at_conflicts(self, wanted: Wanted, *, act: str) -> ConflictsLooked:
        self._note("look_at_conflicts", wanted)
        with self.workspace.reading() as db:
            return ConflictsLooked(len(inbox.places(db, wanted)), 1, 0, 0, ("Acme UAT",))

    @staticmethod
    def _forget(db: Connection, places: abc.Iterable[Place]) -> None:
        for place in places:
            states = schema.value_states if place.kind == VALUE else schema.disagreements
            db.execute(delete(states).where(states.c.rid == place.first, states.c.attribute == place.second))

"""What every answer needs: the wired parts, and that the same act twice is one act."""

from collections import abc
from typing import TypeVar, cast

import orjson

from writeback.host.hosting import Host
from writeback.runtime import calls
from writeback.runtime.carrying import Carrying
from writeback.runtime.choosing import Choosing
from writeback.runtime.connecting import Connecting
from writeback.runtime.guarding import Guarding
from writeback.runtime.looking import Looking
from writeback.runtime.mapping import Mapping
from writeback.runtime.permitting import Permitting
from writeback.runtime.plan_parts import PlanParts
from writeback.runtime.pulling import Pulling
from writeback.runtime.restricting import Restriction
from writeback.runtime.role_forms import RoleForms
from writeback.runtime.scheduling import Scheduling
from writeback.runtime.sending import Sending
from writeback.runtime.sessions import Sessions
from writeback.runtime.staffing import Staffing
from writeback.runtime.submitting import Submitting
from writeback.runtime.telling import Telling
from writeback.runtime.verifying import Verifying
from writeback.settings import Settings
from writeback.store import acts
from writeback.store.workspace import Workspace

AnswerT = TypeVar("AnswerT")


class Answering:
    """The wired parts of an open workspace; the answers of the façade are methods of its subclasses."""

    workspace: Workspace
    sessions: Sessions
    restriction: Restriction
    told: Telling
    host: Host
    settings: Settings
    _connecting: Connecting
    _mapping: Mapping
    _looking: Looking
    _scheduling: Scheduling
    _sending: Sending
    pulling: Pulling
    _guarding: Guarding
    _permitting: Permitting
    _submitting: Submitting
    _staffing: Staffing
    _choosing: Choosing
    _verifying: Verifying
    _role_forms: RoleForms
    _plan_parts: PlanParts
    _carrying: Carrying

    def _once(self, act: str, call: str, work: abc.Callable[[], AnswerT]) -> AnswerT:
        """Do an act, or give its remembered answer. Each part also makes the act itself repeatable."""
        with self.workspace.reading() as db:
            known = acts.remembered(db, act)
        if known is not None:
            return cast("AnswerT", calls.answer_from_plain(call, orjson.loads(known)))
        with acts.asked_by(self._permitting.author):
            answer = work()
        plain = orjson.dumps(calls.answer_to_plain(call, answer)).decode()
        with self.workspace.writing() as db:
            acts.remember(db, act_id=act, call=call, answer=plain, at=self.workspace.now())
        return answer

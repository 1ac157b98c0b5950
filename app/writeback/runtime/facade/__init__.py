"""What front ends may ask for: one protocol, offered in-process and through the pipe of `serve`.

All values are frozen dataclasses of plain things, so that they travel as JSON. Every mutating call
carries `act`, an id made by the front end: the same id twice is one act and gives the same answer.
Reads that a window repeats often are not here: they stand in `runtime.reading`, straight on SQL.
"""

from writeback.model.reports import EditAnswer, PullReport
from writeback.runtime.facade.attributes import AttributeUsers, Retyping, TransformView
from writeback.runtime.facade.conflicts import (
    ConflictDecision,
    ConflictsLooked,
    ConflictsSettled,
    Levelled,
    MasterChanged,
)
from writeback.runtime.facade.connections import (
    CheckLine,
    ConnectionChange,
    ConnectionTest,
    ConnectionWish,
    SignInStarted,
)
from writeback.runtime.facade.drifts import DriftLine, DriftReport
from writeback.runtime.facade.edits import Edit, EditsUndone
from writeback.runtime.facade.everything import Facade
from writeback.runtime.facade.guards import LimitView
from writeback.runtime.facade.models import IntegrationWish, Suggestion
from writeback.runtime.facade.notices import ChannelTest, ChannelWish
from writeback.runtime.facade.sending import (
    ConflictChoice,
    DoctorReport,
    Invariant,
    JobView,
    PlanGroup,
    PlanSource,
    PlanView,
    SwitchView,
)

__all__ = [
    "AttributeUsers",
    "ChannelTest",
    "ChannelWish",
    "CheckLine",
    "ConflictChoice",
    "ConflictDecision",
    "ConflictsLooked",
    "ConflictsSettled",
    "ConnectionChange",
    "ConnectionTest",
    "ConnectionWish",
    "DoctorReport",
    "DriftLine",
    "DriftReport",
    "Edit",
    "EditAnswer",
    "EditsUndone",
    "Facade",
    "IntegrationWish",
    "Invariant",
    "JobView",
    "Levelled",
    "LimitView",
    "MasterChanged",
    "PlanGroup",
    "PlanSource",
    "PlanView",
    "PullReport",
    "Retyping",
    "SignInStarted",
    "Suggestion",
    "SwitchView",
    "TransformView",
]

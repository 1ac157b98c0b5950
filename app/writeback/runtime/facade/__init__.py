"""What front ends may ask for: one protocol, offered in-process and through the pipe of `serve`.

All values are frozen dataclasses of plain things, so that they travel as JSON. Every mutating call
carries `act`, an id made by the front end: the same id twice is one act and gives the same answer.
Reads that a window repeats often are not here: they stand in `runtime.reading`, straight on SQL.

A name's module is imported when the name is first asked for: a window reads long before it asks, and
all of them cost its start a sixth.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from writeback.model.reports import EditAnswer, PullReport

if TYPE_CHECKING:
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

_HOMES: Final = {
    "AttributeUsers": "attributes",
    "ChannelTest": "notices",
    "ChannelWish": "notices",
    "CheckLine": "connections",
    "ConflictChoice": "sending",
    "ConflictDecision": "conflicts",
    "ConflictsLooked": "conflicts",
    "ConflictsSettled": "conflicts",
    "ConnectionChange": "connections",
    "ConnectionTest": "connections",
    "ConnectionWish": "connections",
    "DoctorReport": "sending",
    "DriftLine": "drifts",
    "DriftReport": "drifts",
    "Edit": "edits",
    "EditsUndone": "edits",
    "Facade": "everything",
    "IntegrationWish": "models",
    "Invariant": "sending",
    "JobView": "sending",
    "Levelled": "conflicts",
    "LimitView": "guards",
    "MasterChanged": "conflicts",
    "PlanGroup": "sending",
    "PlanSource": "sending",
    "PlanView": "sending",
    "Retyping": "attributes",
    "SignInStarted": "connections",
    "Suggestion": "models",
    "SwitchView": "sending",
    "TransformView": "attributes",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  whatever is asked for
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__package__}.{home}"), name)
    return found

"""What a plan is asked for: by whom, for which kind of job, and how it may travel."""

from collections import abc
from dataclasses import dataclass, field

from writeback.model.canonical import Json
from writeback.model.changes import Origin
from writeback.model.jobs import Assurance, JobKind, Route
from writeback.model.types import JobId


@dataclass(frozen=True, slots=True)
class Terms:
    """How a plan is made, whatever its rows are."""

    origin: Origin
    author: str = ""
    reason: str = ""
    kind: JobKind = JobKind.BULK_WRITE_BACK
    route: Route | None = None
    """None: by volume."""
    compares: bool = True
    """False: assurance C."""
    assurance: Assurance | None = None
    """A or B by hand; None: the CRM checks where that costs nothing."""
    undo_of: JobId | None = None
    retry_of: JobId | None = None
    source: abc.Mapping[str, Json] = field(default_factory=dict)
    """What the plan came from: file name and hash, the undone job, …"""
    automation: tuple[tuple[str, str], ...] = ()
    """Automation switches that are to be other than the connections say."""
    is_from_source: bool = False
    """Its rows come from a file: that there are none strikes a guard."""
    plan_id: str = ""
    """The act whose only plan it is, so that the act is known again; '': an id of its own."""

"""What happened: hints for front ends. The journal is the truth, an event only says where to look."""

import enum
from dataclasses import dataclass
from datetime import datetime


class EventKind(enum.StrEnum):
    """What a journal entry is about."""

    CONNECTION_CHANGED = "connection_changed"
    MODEL_CHANGED = "model_changed"
    INTEGRATION_CHANGED = "integration_changed"
    RECORDS_PULLED = "records_pulled"
    EDIT_SAVED = "edit_saved"
    PLAN_READY = "plan_ready"
    JOB_CHANGED = "job_changed"
    BATCH_SETTLED = "batch_settled"
    CONFLICT_FOUND = "conflict_found"
    PEOPLE_CHANGED = "people_changed"
    SEGMENT_CHANGED = "segment_changed"
    FORM_CHANGED = "form_changed"
    """An insight form was kept, offered, taken back or deleted."""
    TASK_CHANGED = "task_changed"
    SCHEDULE_CHANGED = "schedule_changed"
    """When an integration is pulled by itself was changed, or a run came to its end; `subject` is its id."""
    PLAY_CHANGED = "play_changed"
    """A SuccessPlay was kept, switched, or deleted."""
    PLAY_RAN = "play_ran"
    """A run of a SuccessPlay began, went on or ended; `subject` is its number."""
    NOTE_CHANGED = "note_changed"
    """A note of a record was written, changed or taken away; `subject` is the record."""
    WORKER_CHANGED = "worker_changed"
    PERMISSIONS_CHANGED = "permissions_changed"
    """Permission levels, or plans that wait for another person's word."""
    PLUGINS_CHANGED = "plugins_changed"
    """A plugin was installed, allowed, switched off or removed."""
    TRUST_CHANGED = "trust_changed"
    """A person trusted the workspace's file, or no longer does."""
    PLUGIN_FAILED = "plugin_failed"
    """A plugin's code raised what it may not; `subject` is its id."""
    NOTICE_SENT = "notice_sent"
    """A message was tried, or a channel set up; `subject` is the channel's id."""


@dataclass(frozen=True, slots=True)
class Event:
    """One journal entry: `subject` names what changed (a job id, an integration id, …)."""

    seq: int
    at: datetime
    kind: EventKind
    subject: str

"""The tables of a workspace, for SQLite today and PostgreSQL later.

Moments are ISO texts in UTC (`2026-11-24T03:00:00.000000Z`), which sort; values are stored as
`model.canonical` says, one column a value in the wide tables (`store.wide` makes those: one
`snap_<integration>` a snapshot of what a CRM held, one `rec_<entity>` the confirmed values of our
records). Dialect differences live in `store.sqlite` and nowhere else.

A plan is a change set in state *preparing* with its jobs, writes and findings already written; to
submit it is one small commit. Outcomes are stored as the batch's outcome plus one row per
exception, so that a million rows cost no million updates (`RELIABILITY.md` §3.1).
"""

from writeback.store.schema.base import metadata
from writeback.store.schema.campaigns import campaign_choices, campaign_files, campaigns, responses
from writeback.store.schema.conflicts import (
    disagreements,
    masters,
    settlements,
)
from writeback.store.schema.drift import (
    described_versions,
    job_bases,
    mapping_bases,
    missing_objects,
)
from writeback.store.schema.edits import (
    drafts,
    value_states,
)
from writeback.store.schema.files import file_mappings, file_sessions
from writeback.store.schema.grid import (
    edit_acts,
    edit_images,
    grid_views,
    held_edits,
)
from writeback.store.schema.guards import (
    approvals,
    guard_figures,
    guard_limits,
    permissions,
)
from writeback.store.schema.happenings import (
    acts,
    audit,
    audit_facts,
    journal,
    workers,
)
from writeback.store.schema.history import (
    value_changes,
    verifications,
    verified_fields,
)
from writeback.store.schema.job_pages import (
    hand_notes,
    left_out,
    pulls,
)
from writeback.store.schema.model import (
    attributes,
    entities,
    field_mappings,
    integrations,
)
from writeback.store.schema.notes import record_notes
from writeback.store.schema.notices import (
    channel_secrets,
    notice_messages,
    notice_parts,
    notice_states,
    notice_watch,
    notices,
    recently_deleted,
)
from writeback.store.schema.outbox import (
    attempts,
    batches,
    change_sets,
    collected,
    exchanges,
    findings,
    jobs,
    made,
    outcomes,
    waits_behind,
    writes,
)
from writeback.store.schema.parties import (
    connections,
    descriptions,
    form_drafts,
    secrets,
    settings,
)
from writeback.store.schema.people import (
    crm_users,
    people,
    people_objects,
    reference_choices,
    roles,
)
from writeback.store.schema.plays import play_members, play_rows, play_runs, plays
from writeback.store.schema.references import (
    audiences,
    sources,
)
from writeback.store.schema.refreshing import refreshes
from writeback.store.schema.schedules import pull_schedules
from writeback.store.schema.segments import segments
from writeback.store.schema.work import insight_forms, tasks

__all__ = [
    "acts",
    "approvals",
    "attempts",
    "attributes",
    "audiences",
    "audit",
    "audit_facts",
    "batches",
    "campaign_choices",
    "campaign_files",
    "campaigns",
    "change_sets",
    "channel_secrets",
    "collected",
    "connections",
    "crm_users",
    "described_versions",
    "descriptions",
    "disagreements",
    "drafts",
    "edit_acts",
    "edit_images",
    "entities",
    "exchanges",
    "field_mappings",
    "file_mappings",
    "file_sessions",
    "findings",
    "form_drafts",
    "grid_views",
    "guard_figures",
    "guard_limits",
    "hand_notes",
    "held_edits",
    "insight_forms",
    "integrations",
    "job_bases",
    "jobs",
    "journal",
    "left_out",
    "made",
    "mapping_bases",
    "masters",
    "metadata",
    "missing_objects",
    "notice_messages",
    "notice_parts",
    "notice_states",
    "notice_watch",
    "notices",
    "outcomes",
    "people",
    "people_objects",
    "permissions",
    "play_members",
    "play_rows",
    "play_runs",
    "plays",
    "pull_schedules",
    "pulls",
    "recently_deleted",
    "record_notes",
    "reference_choices",
    "refreshes",
    "responses",
    "roles",
    "secrets",
    "segments",
    "settings",
    "settlements",
    "sources",
    "tasks",
    "value_changes",
    "value_states",
    "verifications",
    "verified_fields",
    "waits_behind",
    "workers",
    "writes",
]

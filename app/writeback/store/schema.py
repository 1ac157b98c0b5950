"""The tables of a workspace, for SQLite today and PostgreSQL later.

Moments are ISO texts in UTC (`2026-11-24T03:00:00.000000Z`), which sort; values are stored as
`model.canonical` says, one column a value in the wide tables (`store.wide` makes those: one
`snap_<integration>` a snapshot of what a CRM held, one `rec_<entity>` the confirmed values of our
records). Dialect differences live in `store.sqlite` and nowhere else.

A plan is a change set in state *preparing* with its jobs, writes and findings already written; to
submit it is one small commit. Outcomes are stored as the batch's outcome plus one row per
exception, so that a million rows cost no million updates (`RELIABILITY.md` §3.1).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False, comment="JSON"),
)

# --- who we talk to -------------------------------------------------------------------------------

connections = Table(
    "connections",
    metadata,
    Column("id", Text, primary_key=True, comment="c1, c2, …"),
    Column("name", Text, nullable=False, unique=True),
    Column("connector", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("auth", Text, nullable=False, comment="token_file | credentials_file | oauth"),
    Column("token_file", Text, comment="a path, never the content"),
    Column("is_simulator", Boolean, nullable=False, default=False),
    Column("org", Text, comment="JSON of model.connections.Org, pinned (I6)"),
    Column("safety", Text, nullable=False),
    Column("read_only", Boolean, nullable=False, default=False),
    Column("write_on_save", Boolean, nullable=False, default=False),
    Column("sign_in", Text, nullable=False),
    Column("options", Text, nullable=False, default="{}", comment="JSON, no secret"),
    Column("not_before", Text, comment="the CRM asked every process to wait until then"),
    Column("wait_reason", Text),
    Column("usage", Text, comment="JSON: last known quotas"),
    Column("created_at", Text, nullable=False),
    Column("word", Text, nullable=False, server_default="", comment="what people call it"),
    Column("colour", Text, nullable=False, server_default=""),
)

secrets = Table(
    "secrets",
    metadata,
    Column("connection_id", Text, ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    Column("field", Text, nullable=False),
    Column("envelope", LargeBinary, nullable=False, comment="sealed by the vault"),
    PrimaryKeyConstraint("connection_id", "field"),
)

descriptions = Table(
    "descriptions",
    metadata,
    Column("connection_id", Text, ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    Column("object", Text, nullable=False, comment="'' holds the list of objects"),
    Column("fetched_at", Text, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of sdk.values.ObjectDescription"),
    PrimaryKeyConstraint("connection_id", "object"),
)

# --- the customer's data model --------------------------------------------------------------------

entities = Table(
    "entities",
    metadata,
    Column("name", Text, primary_key=True),
    Column("title", Text, nullable=False),
)

attributes = Table(
    "attributes",
    metadata,
    Column("entity", Text, ForeignKey("entities.name"), nullable=False),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("options", Text, nullable=False, default="[]", comment="JSON of model.attributes.Option"),
    Column("description", Text, nullable=False, default=""),
    Column("editable", Boolean, nullable=False, default=True),
    PrimaryKeyConstraint("entity", "name"),
)

integrations = Table(
    "integrations",
    metadata,
    Column("id", Text, primary_key=True, comment="i1, i2, …"),
    Column("connection_id", Text, ForeignKey("connections.id"), nullable=False),
    Column("object", Text, nullable=False),
    Column("entity", Text, ForeignKey("entities.name"), nullable=False),
    Column("key", Text, nullable=False),
    Column("filter", Text, nullable=False, default=""),
    Column("watermark", Text),
    Column("last_pull_at", Text),
    Column("last_pull", Text, comment="JSON: read, changed, added, gone, seconds, problem"),
    Column("created_at", Text, nullable=False),
    Column(
        "match_attribute",
        Text,
        nullable=False,
        server_default="",
        comment="a CRM record of an equal value is linked",
    ),
    Column(
        "link_path", Text, nullable=False, server_default="", comment="its value is the account's CRM key"
    ),
)

field_mappings = Table(
    "field_mappings",
    metadata,
    Column("integration_id", Text, ForeignKey("integrations.id", ondelete="CASCADE"), nullable=False),
    Column("path", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("write_back", Boolean, nullable=False, default=False),
    Column("reference_mode", Text, nullable=False),
    Column("conflict_rule", Text, nullable=False),
    Column("blank_rule", Text, nullable=False),
    Column(
        "empty_rule",
        Text,
        nullable=False,
        server_default="clear",
        comment="what an empty value coming in means: keep | clear | default",
    ),
    Column("empty_default", Text, nullable=False, server_default="", comment="text that coerces to it"),
    Column("source_format", Text, nullable=False, server_default="", comment="model.source_formats, as text"),
    PrimaryKeyConstraint("integration_id", "path"),
    UniqueConstraint("integration_id", "attribute"),
)

# --- edits that are not sent yet ------------------------------------------------------------------

drafts = Table(
    "drafts",
    metadata,
    Column("rid", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("old", Text, nullable=False, comment="JSON: what the person saw"),
    Column("new", Text, nullable=False, comment="JSON; null: clear"),
    Column("author", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("change_set_id", Text, comment="set while a plan that holds it is submitted"),
    Column(
        "seen",
        Text,
        nullable=False,
        server_default="{}",
        comment="JSON by integration: what that CRM held instead of `old`, where they differed",
    ),
    PrimaryKeyConstraint("rid", "attribute"),
)

value_states = Table(
    "value_states",
    metadata,
    Column("rid", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("integration_id", Text, nullable=False, comment="which target: one row for each"),
    Column("state", Text, nullable=False, comment="queued sent refused conflict unknown"),
    Column("job_id", Text, nullable=False),
    Column("new", Text, nullable=False, comment="JSON: what was to be written"),
    Column("theirs", Text, comment="JSON: what the CRM held, for a conflict"),
    Column("code", Text, nullable=False, default=""),
    Column("message", Text, nullable=False, default=""),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("rid", "attribute", "integration_id"),
    comment="only edits of single records (real time, drafts); bulk states are derived from the outbox",
)

# --- plans, outbox, ledger ------------------------------------------------------------------------

change_sets = Table(
    "change_sets",
    metadata,
    Column("id", Text, primary_key=True, comment="also the plan's id"),
    Column("state", Text, nullable=False, comment="preparing | planned | submitted | discarded"),
    Column("origin", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("source", Text, nullable=False, default="{}", comment="JSON: file name and hash, undone job, …"),
    Column("created_at", Text, nullable=False),
    Column("planned_at", Text),
    Column("submitted_at", Text),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Integer, unique=True, comment="given at submit; for people"),
    Column("change_set_id", Text, ForeignKey("change_sets.id", ondelete="CASCADE"), nullable=False),
    Column("connection_id", Text, ForeignKey("connections.id"), nullable=False),
    Column("integration_id", Text, ForeignKey("integrations.id")),
    Column("object", Text, nullable=False),
    Column("kind", Text, nullable=False, comment="model.jobs.JobKind"),
    Column("route", Text, nullable=False, comment="model.jobs.Route"),
    Column("assurance", Text, nullable=False),
    Column("columns", Text, nullable=False, comment="JSON of model.jobs.Column"),
    Column("state", Text, nullable=False, comment="model.jobs.JobState"),
    Column("stop_code", Text, nullable=False, default="", comment="why STOPPED, THROTTLED, NEEDS_YOU"),
    Column("stop_facts", Text, nullable=False, default="{}"),
    Column("not_before", Text),
    Column("org_id", Text, nullable=False, default="", comment="pinned when planned (I6)"),
    Column("rows", Integer, nullable=False, default=0, comment="writes + findings = what was approved"),
    Column("writes", Integer, nullable=False, default=0),
    Column("applied", Integer, nullable=False, default=0),
    Column("rejected", Integer, nullable=False, default=0),
    Column("unchanged", Integer, nullable=False, default=0),
    Column("conflict", Integer, nullable=False, default=0),
    Column("unknown", Integer, nullable=False, default=0),
    Column("blocked", Integer, nullable=False, default=0),
    Column("cancelled", Integer, nullable=False, default=0),
    Column("api_calls", Integer, nullable=False, default=0),
    Column("undo_of", Text),
    Column("retry_of", Text),
    Column("created_at", Text, nullable=False),
    Column("submitted_at", Text),
    Column("started_at", Text),
    Column("finished_at", Text),
    Column(
        "unreached",
        Text,
        nullable=False,
        server_default="",
        comment="why its CRM could not be asked, until it answers: the error's code",
    ),
    Index("jobs_by_state", "state"),
)

writes = Table(
    "writes",
    metadata,
    Column("job_id", Text, nullable=False),
    Column("seq", Integer, nullable=False, comment="1…, ordinal of the row in its plan"),
    Column("record_id", Text, nullable=False, comment="the CRM's id"),
    Column("rid", Text, comment="our record, where there is one"),
    Column("base", Text, comment="version token judged against"),
    Column("old", Text, nullable=False, comment="JSON array along jobs.columns: pre-image"),
    Column(
        "new", Text, nullable=False, comment="JSON array along jobs.columns: {} = untouched, null = clear"
    ),
    Column("shown", Text, comment="references only: JSON {place: [theirs, yours]} as people read them"),
    PrimaryKeyConstraint("job_id", "seq"),
    sqlite_with_rowid=False,
)
Index("writes_by_record", writes.c.job_id, writes.c.record_id)

findings = Table(
    "findings",
    metadata,
    Column("job_id", Text, nullable=False),
    Column("seq", Integer, nullable=False, comment="shares its numbers with writes"),
    Column("verdict", Text, nullable=False, comment="unchanged | blocked | conflict"),
    Column("record_id", Text, nullable=False, default="", comment="'' when the key was not found"),
    Column("rid", Text),
    Column("source_key", Text, nullable=False, default="", comment="the key as it stood in the source"),
    Column("code", Text, nullable=False, default=""),
    Column("facts", Text, nullable=False, default="{}"),
    Column("field", Text, nullable=False, default="", comment="path of the field that decided"),
    Column("old", Text, nullable=False, default="[]"),
    Column("theirs", Text, nullable=False, default="[]"),
    Column("new", Text, nullable=False, default="[]"),
    Column("shown", Text, comment="as in writes"),
    PrimaryKeyConstraint("job_id", "seq"),
    comment="rows of a plan that are not sent; never changed after submit",
)

batches = Table(
    "batches",
    metadata,
    Column("job_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("no", Integer, nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("state", Text, nullable=False, comment="model.jobs.BatchState"),
    Column("owner", Text),
    Column("lease_until", Text),
    Column("fence", Integer, nullable=False, default=0),
    Column("not_before", Text),
    Column("tries", Integer, nullable=False, default=0),
    Column("outcome", Text, comment="of every write without an exception, once settled"),
    Column("bulk_token_at", Text, comment="before create (FP 9)"),
    Column("remote_id", Text, comment="stored before the first byte is uploaded"),
    Column("remote_state", Text, comment="created | uploaded | closed | results | done | aborted"),
    Column("cursor", Integer, nullable=False, default=0, comment="result pages committed"),
    PrimaryKeyConstraint("job_id", "no"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("job_id", Text, nullable=False),
    Column("batch_no", Integer, nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("excluded", Text, nullable=False, default="[]", comment="JSON: seqs of the range not sent"),
    Column("rows", Integer, nullable=False),
    Column("org_id", Text, nullable=False),
    Column("payload_hash", Text, comment="SHA-256; of a streamed upload once it ended"),
    Column("route", Text, nullable=False),
    Column("assurance", Text, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("intent_at", Text, nullable=False),
    Column("ended_at", Text),
    Column("outcome", Text, comment="of every write of the range without an exception; set once (I2)"),
    Column("verdict", Text, comment="of an unknown attempt after its read-back: settled | not_applied"),
    Column("gap_s", Float, comment="B: from the compare's answer to the write's answer"),
    Column("code", Text, nullable=False, default=""),
    Column("message", Text, nullable=False, default=""),
    Index("attempts_by_batch", "job_id", "batch_no"),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("job_id", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("attempt_id", Text, comment="null: settled without being sent (compare, cancel)"),
    Column("outcome", Text, nullable=False),
    Column("code", Text, nullable=False, default=""),
    Column("message", Text, nullable=False, default="", comment="the CRM's words"),
    Column("fields", Text, nullable=False, default="[]"),
    Column("theirs", Text, comment="JSON array, for a conflict"),
    Column("version", Text, comment="token after the write"),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("job_id", "seq"),
    comment="exceptions from the batch's outcome; an unknown row's verdict replaces it, once",
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("connection_id", Text, nullable=False),
    Column("job_id", Text),
    Column("attempt_id", Text),
    Column("at", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("status", Integer),
    Column("seconds", Float, nullable=False),
    Column("request", Text, nullable=False, default=""),
    Column("answer", Text, nullable=False, default=""),
    Index("exchanges_by_job", "job_id"),
)

# --- what happened --------------------------------------------------------------------------------

journal = Table(
    "journal",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("body", Text, nullable=False, comment="canonical JSON; values as salted digests"),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

acts = Table(
    "acts",
    metadata,
    Column("id", Text, primary_key=True, comment="given by the front end: the same id twice is one act"),
    Column("call", Text, nullable=False),
    Column("answer", Text, nullable=False, comment="JSON"),
    Column("at", Text, nullable=False),
)

workers = Table(
    "workers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("pid", Integer, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("beat_at", Text, nullable=False),
    Column("doing", Text, nullable=False, default=""),
)

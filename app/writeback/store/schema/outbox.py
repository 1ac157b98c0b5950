"""Plans, outbox and ledger: what shall be sent, what was tried, what became of it."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

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
    Column("view", Text, comment="JSON of the plan as it was shown, until it is submitted"),
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
    Column(
        "automation",
        Text,
        nullable=False,
        server_default="{}",
        comment="JSON: the connector's automation switches as this job sends them",
    ),
    Column(
        "root",
        Text,
        nullable=False,
        server_default="",
        comment="object of the records that the written ones were reached from; '' where they are the same",
    ),
    Column("shown_by", Integer, comment="how many records show what it changes, with root only"),
    Column(
        "shown_locally", Integer, nullable=False, server_default="0", comment="counted in what was pulled"
    ),
    Column(
        "collects",
        Integer,
        nullable=False,
        server_default="0",
        comment="until not_before: what is submitted meanwhile may join it",
    ),
    Column(
        "creates_by",
        Text,
        nullable=False,
        server_default="",
        comment="the unique field by which it makes records: writes.record_id holds its value; '' it updates",
    ),
    Index("jobs_by_state", "state"),
)

collected = Table(
    "collected",
    metadata,
    Column("job_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("change_set_id", Text, nullable=False, comment="whose act these rows were"),
    Column("was_job_id", Text, nullable=False, comment="the job-to-be that joined"),
    PrimaryKeyConstraint("job_id", "first_seq"),
    comment="rows that joined a job while it collected; the others are its own change set's",
)
Index("collected_by_set", collected.c.change_set_id)

waits_behind = Table(
    "waits_behind",
    metadata,
    Column("job_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("batch_no", Integer, nullable=False),
    Column("other_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("other_no", Integer, nullable=False),
    PrimaryKeyConstraint("job_id", "batch_no", "other_id", "other_no"),
    comment="batches of earlier jobs that write a record of this one, and are settled before it is claimed",
)
Index("waits_behind_other", waits_behind.c.other_id)

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
    Column("edited", Text, comment="when our person edited it: a moment, or a JSON array along jobs.columns"),
    Column("kept", Text, comment="JSON {place: [code, theirs, yours]}: fields that a rule left to the CRM"),
    PrimaryKeyConstraint("job_id", "seq"),
    sqlite_with_rowid=False,
)
Index("writes_by_record", writes.c.job_id, writes.c.record_id)

made = Table(
    "made",
    metadata,
    Column("job_id", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("record_id", Text, nullable=False, comment="the CRM's id of the record that the row made"),
    PrimaryKeyConstraint("job_id", "seq"),
    comment="rows of jobs with creates_by whose record is there; what was approved stays as it is",
    sqlite_with_rowid=False,
)
Index("made_by_record", made.c.record_id, made.c.job_id)

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
    Column("places", Text, nullable=False, server_default="[]", comment="JSON: all places in conflict"),
    PrimaryKeyConstraint("job_id", "seq"),
    comment="rows of a plan that are not sent; never changed after submit",
)
Index(
    "findings_by_record",
    findings.c.job_id,
    findings.c.record_id,
    sqlite_where=findings.c.verdict != "unchanged",
)
Index(
    "findings_in_conflict",
    findings.c.job_id,
    findings.c.seq,
    sqlite_where=findings.c.verdict == "conflict",
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
Index(
    "outcomes_in_conflict",
    outcomes.c.job_id,
    outcomes.c.seq,
    sqlite_where=outcomes.c.outcome == "conflict",
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

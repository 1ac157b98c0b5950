"""Conflicts that people settle: of a job's rows, and of CRMs that disagree about one record."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

settlements = Table(
    "settlements",
    metadata,
    Column("job_id", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("place", Integer, nullable=False, comment="of the field, along jobs.columns"),
    Column("kept", Text, nullable=False, comment="ours | crm | value | same | '': only looked at again"),
    Column(
        "plan_id", Text, nullable=False, comment="the plan that writes it: settled once that is submitted"
    ),
    Column(
        "theirs", Text, comment="JSON: what the CRM held when it was looked at again; null: as the job found"
    ),
    Column("is_gone", Integer, nullable=False, server_default="0", comment="the record is gone from the CRM"),
    Column("message", Text, nullable=False, server_default="", comment="who wrote it, where the CRM tells"),
    Column("author", Text, nullable=False),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("job_id", "seq", "place"),
    comment="how conflicts of a job's rows were settled; those of single values end in value_states",
)

masters = Table(
    "masters",
    metadata,
    Column("entity", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("rule", Text, nullable=False, comment="model.masters.MasterKind"),
    Column("connection_id", Text, nullable=False, server_default="", comment="whose value is preferred"),
    PrimaryKeyConstraint("entity", "attribute"),
    comment="whose value a record of several CRMs holds; no row: the newest change",
)

disagreements = Table(
    "disagreements",
    metadata,
    Column("rid", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("held", Text, nullable=False, comment="JSON by integration: what each CRM holds, as stored"),
    Column("kept", Text, nullable=False, server_default="", comment="'': open; else how it was settled"),
    Column("author", Text, nullable=False, server_default=""),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("rid", "attribute"),
    comment="values of the rule ask in which CRMs disagree; settled until one of them changes",
)

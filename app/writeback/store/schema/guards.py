"""What keeps a plan small and in the right hands: limits, measured figures, permission levels, approvals."""

from sqlalchemy import Column, Float, ForeignKey, Integer, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

guard_limits = Table(
    "guard_limits",
    metadata,
    Column("connection_id", Text, nullable=False, comment="'' is the workspace's own default"),
    Column("name", Text, nullable=False, comment="a field of model.guards.Limits"),
    Column("value", Float, comment="null: switched off"),
    PrimaryKeyConstraint("connection_id", "name"),
    comment="only what somebody set; the rest is model.guards.Limits",
)

guard_figures = Table(
    "guard_figures",
    metadata,
    Column("job_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("guard", Text, nullable=False, comment="model.guards.Guard"),
    Column("figure", Float, nullable=False, comment="as measured when the job was planned"),
    Column("of", Integer, nullable=False, default=0, comment="how many rows the figure is about"),
    Column("facts", Text, nullable=False, default="{}", comment="JSON: what the sentence names"),
    Column("overridden_by", Text, nullable=False, default=""),
    Column("overridden_at", Text),
    PrimaryKeyConstraint("job_id", "guard"),
)

permissions = Table(
    "permissions",
    metadata,
    Column("author", Text, primary_key=True, comment="the name under which somebody edits and sends"),
    Column("level", Text, nullable=False, comment="model.permissions.Level"),
    Column("set_by", Text, nullable=False),
    Column("set_at", Text, nullable=False),
    comment="empty: one person, who may do everything",
)

approvals = Table(
    "approvals",
    metadata,
    Column("plan_id", Text, ForeignKey("change_sets.id", ondelete="CASCADE"), primary_key=True),
    Column("state", Text, nullable=False, comment="model.permissions.ApprovalState"),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", Text, nullable=False),
    Column("rows", Integer, nullable=False, comment="how many would be sent"),
    Column("most", Integer, nullable=False, comment="more than so many need somebody's approval"),
    Column("decided_by", Text, nullable=False, default=""),
    Column("decided_at", Text),
    Column("note", Text, nullable=False, default=""),
)

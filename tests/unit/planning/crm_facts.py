"""Small facts about CRM objects for planning tests; the real classes of `sdk` meet the same protocols."""

from writeback.model.attributes import Option
from writeback.model.types import AttributeType
from writeback.sdk.values import FieldInfo, ObjectDescription, ReferenceInfo

INDUSTRIES = (Option("energy", "Energy"), Option("mining", "Mining"), Option("old", "Old one", active=False))


def field(name: str = "Field", kind: AttributeType | None = AttributeType.TEXT, **facts: object) -> FieldInfo:
    known: dict[str, object] = {"label": name, "crm_type": "x", "is_updateable": True} | facts
    return FieldInfo(name=name, kind=kind, **known)  # type: ignore[arg-type]  facts of the dataclass


ACCOUNT = ObjectDescription(
    name="Account",
    label="Account",
    key_field="Id",
    name_field="Name",
    version_field="Version",
    is_updateable=True,
    fields=(
        field("Id", is_updateable=False),
        field("Name", length=10),
        field("Industry", AttributeType.LIST, options=INDUSTRIES, is_restricted=True, label="Branch"),
        field("AnnualRevenue__c", AttributeType.CURRENCY, length=16, scale=2),
        field("OwnerId", reference=ReferenceInfo("Owner", ("User",), is_polymorphic=False)),
        field("Blob", None),
        field("Score", AttributeType.INTEGER, is_calculated=True),
    ),
)

USER = ObjectDescription(
    name="User",
    label="User",
    key_field="Id",
    name_field="Name",
    version_field="Version",
    is_updateable=True,
    fields=(
        field("Id", is_updateable=False),
        field("Name", length=20),
        field("Email", AttributeType.EMAIL, is_lookup_key=True),
        field("Title"),
        field("Alias", is_updateable=False),
        field("ManagerId", reference=ReferenceInfo("Manager", ("User",), is_polymorphic=False)),
    ),
)
QUEUE = ObjectDescription(
    name="Queue",
    label="Queue",
    key_field="Id",
    name_field="Name",
    version_field="Version",
    is_updateable=False,
    fields=(field("Id", is_updateable=False), field("Name"), field("Email", AttributeType.EMAIL)),
)
LEAD = ObjectDescription(
    name="Lead",
    label="Lead",
    key_field="Id",
    name_field="Name",
    version_field="Version",
    is_updateable=True,
    fields=(
        field("Id", is_updateable=False),
        field("OwnerId", reference=ReferenceInfo("Owner", ("Queue", "User"), is_polymorphic=True)),
        field("AccountId", reference=ReferenceInfo("Account", ("Account",), is_polymorphic=False)),
        field("WhatId", reference=ReferenceInfo("What", tuple("ABCDEF"), is_polymorphic=True)),
    ),
)
OBJECTS = {one.name: one for one in (ACCOUNT, USER, QUEUE, LEAD)}
"""All of them, by name: `OBJECTS.__getitem__` describes."""

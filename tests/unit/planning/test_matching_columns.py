"""Columns of a file find their fields: each field once, the surest column first."""

from writeback.model.types import AttributeType
from writeback.planning.matching_columns import match_columns
from writeback.sdk.values import FieldInfo, ObjectDescription

TEXT = AttributeType.TEXT
ACCOUNT = ObjectDescription(
    "Account",
    "Account",
    "Id",
    "Name",
    "SystemModstamp",
    is_updateable=True,
    fields=(
        FieldInfo("Id", "Account ID", TEXT, "id"),
        FieldInfo("Industry", "Line of business", TEXT, "picklist"),
        FieldInfo("Phone", "Phone", TEXT, "phone"),
    ),
)


def found(*columns: str, taken: tuple[str, ...] = ()) -> dict[str, tuple[str, str]]:
    return {one.column: (one.path, one.reason) for one in match_columns(columns, ACCOUNT, taken=taken)}


def test_names_come_before_labels_and_a_field_has_one_column() -> None:
    assert found("line of business", "INDUSTRY", "Remark") == {"INDUSTRY": ("Industry", "same_name")}
    assert found("Line of business", "account id") == {
        "Line of business": ("Industry", "same_label"),
        "account id": ("Id", "same_label"),
    }


def test_what_somebody_mapped_is_left_alone() -> None:
    assert found("Industry", "Phone", taken=("Sector", "industry")) == {"Phone": ("Phone", "same_name")}

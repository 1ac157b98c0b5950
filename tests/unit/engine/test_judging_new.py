"""What is said of a record that is to be made, before anything is sent."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from writeback.engine.judging_new import NewJudge
from writeback.model.canonical import UNSET
from writeback.model.dependencies import Dependency
from writeback.model.fieldpaths import FieldPath
from writeback.model.jobs import Column
from writeback.model.types import AttributeType, ConnectionId
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.sdk.values import FieldInfo, ObjectDescription

KINDS = {
    "Key": AttributeType.TEXT,
    "Amount": AttributeType.CURRENCY,
    "Code": AttributeType.LIST,
    "Pipeline": AttributeType.LIST,
    "Stage": AttributeType.LIST,
}
COLUMNS = tuple(Column(FieldPath.parse(name), name, kind) for name, kind in KINDS.items())
RULE = Dependency("Pipeline", (("sales", ("open",)), ("help", ("new",))))


def description() -> ObjectDescription:
    own: dict[str, Any] = {"Amount": {"currency": "Code"}, "Stage": {"dependency": RULE}}
    fields = tuple(FieldInfo(name, name, kind, "", **own.get(name, {})) for name, kind in KINDS.items())
    return ObjectDescription("Deal", "Deal", "Id", "Key", "", True, fields)


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        ((Decimal("10.5"), "JPY", UNSET, UNSET), "value.no_fraction"),
        ((Decimal(10), "JPY", UNSET, UNSET), ""),
        ((Decimal("10.5"), "EUR", UNSET, UNSET), ""),
        ((Decimal("10.5"), UNSET, UNSET, UNSET), ""),  # the CRM gives it the currency of whoever signs in
        ((UNSET, UNSET, "sales", "new"), "value.not_beside"),
        ((UNSET, UNSET, "sales", "open"), ""),
    ],
)
def test_a_new_record_is_held_against_its_own_currency_and_pipeline(
    wishes: tuple[Any, ...], code: str
) -> None:
    row = PlanInput("A", (UNSET,) * 5, ("A", *wishes), source_key="A")
    stream = PlanStream(
        ConnectionId("c1"), "Deal", COLUMNS, (row,), key_field="Key", creates_by="Key", missing={1}
    )
    kept: list[Any] = []
    sent: list[Any] = []
    reach: Any = SimpleNamespace(describe=lambda _name: description())
    writer: Any = SimpleNamespace(keep=kept.append, send=sent.append)
    references: Any = SimpleNamespace()
    NewJudge(stream, reach, references).run(writer)
    assert [one.reason.code for one in kept] == ([code] if code else [])
    assert len(sent) == (not code)
    if sent and wishes[0] is not UNSET and wishes[1] is not UNSET:
        assert sent[0].shown[1] == ("", f"{wishes[0]} {wishes[1]}"), "the plan names the currency"

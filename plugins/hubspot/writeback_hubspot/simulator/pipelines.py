"""Pipelines and their stages: what a deal may be in, and the pipelines API (contract, sections 7 and 9)."""

from dataclasses import dataclass

from writeback.sdk.simulator import Answer, json_answer
from writeback_hubspot.simulator.catalogue import ObjectType
from writeback_hubspot.simulator.problems import Json, invalid, not_found
from writeback_hubspot.simulator.state import Call
from writeback_hubspot.simulator.tables import Table, Values

_MADE_AT = "2024-01-01T00:00:00.000Z"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a pipeline."""

    id: str
    label: str
    probability: str
    is_closed: bool = False

    def told(self, order: int) -> Json:
        """Show it as the API does."""
        return {
            "id": self.id,
            "label": self.label,
            "displayOrder": order,
            "metadata": {"probability": self.probability, "isClosed": str(self.is_closed).lower()},
            "createdAt": _MADE_AT,
            "updatedAt": _MADE_AT,
            "archived": False,
            "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
        }


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One pipeline."""

    id: str
    label: str
    stages: tuple[Stage, ...]

    def told(self, order: int) -> Json:
        """Show it as the API does."""
        return {
            "id": self.id,
            "label": self.label,
            "displayOrder": order,
            "stages": [stage.told(number) for number, stage in enumerate(self.stages)],
            "createdAt": _MADE_AT,
            "updatedAt": _MADE_AT,
            "archived": False,
        }


DEALS = (
    Pipeline(
        "default",
        "Sales Pipeline",
        (
            Stage("appointmentscheduled", "Appointment scheduled", "0.2"),
            Stage("qualifiedtobuy", "Qualified to buy", "0.4"),
            Stage("presentationscheduled", "Presentation scheduled", "0.6"),
            Stage("closedwon", "Closed won", "1.0", is_closed=True),
            Stage("closedlost", "Closed lost", "0.0", is_closed=True),
        ),
    ),
    Pipeline(
        "98765001",
        "Renewals & „Upgrades“",
        (Stage("98765011", "To renew", "0.5"), Stage("98765012", "Renewed", "1.0", is_closed=True)),
    ),
)


def list_pipelines(call: Call) -> Answer:
    """`GET /pipelines/{type}`."""
    shown = _of(call.table.kind)
    return json_answer({"results": [each.told(order) for order, each in enumerate(shown)]})


def show_pipeline(call: Call) -> Answer:
    """`GET /pipelines/{type}/{id}`."""
    return json_answer(_pipeline(call).told(0))


def list_stages(call: Call) -> Answer:
    """`GET /pipelines/{type}/{id}/stages`."""
    return json_answer({"results": _pipeline(call).told(0)["stages"]})


def check_stage(table: Table, row: int | None, values: Values) -> None:
    """Refuse a stage that is not one of the deal's pipeline.

    Raises:
        Problem: In the vendor's words.
    """
    if table.kind.name != "deals" or not values.keys() & {"pipeline", "dealstage"}:
        return
    old = table.value(row, "pipeline") if row is not None else None
    wanted = values.get("pipeline") or old or "default"
    pipeline = next((each for each in DEALS if each.id == wanted), None)
    if pipeline is None:
        known = ", ".join(each.id for each in DEALS)
        raise invalid(f"{wanted} is not a valid pipeline ID. Valid options are: [{known}]")
    stage = values.get("dealstage")
    if stage is None and row is not None and "dealstage" not in values:
        stage = table.value(row, "dealstage")
    if stage is not None and stage not in {each.id for each in pipeline.stages}:
        known = ", ".join(each.id for each in pipeline.stages)
        raise invalid(f"{stage} is not a valid pipeline stage ID. Valid options are: [{known}]")


def defaults(kind: ObjectType, values: Values) -> Values:
    """Give what a new deal gets when it names no pipeline or stage."""
    if kind.name != "deals":
        return {}
    wanted = values.get("pipeline") or "default"
    pipeline = next(each for each in DEALS if each.id == wanted)
    return {"pipeline": pipeline.id, "dealstage": pipeline.stages[0].id}


def _of(kind: ObjectType) -> tuple[Pipeline, ...]:
    return DEALS if kind.name == "deals" else ()


def _pipeline(call: Call) -> Pipeline:
    for each in _of(call.table.kind):
        if each.id == call.found[1]:
            return each
    raise not_found()

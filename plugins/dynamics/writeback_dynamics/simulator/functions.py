"""Unbound functions and the service document: who is asking, what is there."""

from collections import abc

import orjson

from writeback.sdk.simulator import Answer
from writeback_dynamics.simulator.problems import JSON_TYPE, bad_query, wrong_method
from writeback_dynamics.simulator.state import Call, Json


def service_document(call: Call) -> Answer:
    """GET /: the entity sets."""
    sets = [
        {"name": entity.set_name, "kind": "EntitySet", "url": entity.set_name}
        for entity in call.org.entities.values()
    ]
    return _told({"@odata.context": f"{call.org.root}$metadata", "value": sets})


def answer_function(call: Call, name: str, arguments: str) -> Answer:
    """GET /WhoAmI, with or without parentheses.

    Raises:
        Problem: It was posted to, or has arguments.
    """
    if call.method != "GET":
        raise wrong_method(f"{call.org.root}{call.path}")
    if arguments.strip():
        raise bad_query(f"The function '{name}' takes no parameters.")
    return FUNCTIONS[name](call)


def _who_am_i(call: Call) -> Answer:
    org = call.org
    told: Json = {
        "@odata.context": f"{org.root}$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse",
        "BusinessUnitId": org.tables["businessunit"].ids.of(0),
        "UserId": call.user_id,
        "OrganizationId": org.org_id,
    }
    return _told(told)


def _version(call: Call) -> Answer:
    context = f"{call.org.root}$metadata#Microsoft.Dynamics.CRM.RetrieveVersionResponse"
    return _told({"@odata.context": context, "Version": "9.2.26112.00150"})


def _told(told: Json) -> Answer:
    return Answer(200, orjson.dumps(told), {"Content-Type": JSON_TYPE, "OData-Version": "4.0"})


FUNCTIONS: abc.Mapping[str, abc.Callable[[Call], Answer]] = {
    "WhoAmI": _who_am_i,
    "RetrieveVersion": _version,
}

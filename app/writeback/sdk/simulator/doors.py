"""The control door: how tests in other processes arm faults and read what happened.

Must not know any CRM; what only a simulator can do (an edit by somebody else) it asks of the `Crm`.
"""

import hmac

import orjson

from writeback.errors import ConfigurationError
from writeback.sdk.simulator.faults import Fault
from writeback.sdk.simulator.messages import Answer, Crm, Request, json_answer

PREFIX = "/__simulator__/"


def control(crm: Crm, request: Request) -> Answer:
    """Answer a request to the control door."""
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), crm.token.encode()):
        return json_answer({"error": "simulator.wrong_token"}, status=401)
    try:
        return _act(crm, request)
    except ConfigurationError as error:
        return json_answer({"error": error.code, "facts": error.facts}, status=400)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        return json_answer({"error": "simulator.bad_request", "why": repr(error)}, status=400)


def _act(crm: Crm, request: Request) -> Answer:
    asked = (request.method, request.path.removeprefix(PREFIX).rstrip("/"))
    match asked:
        case ("POST", "faults"):
            crm.faults.arm(*[Fault.read(given) for given in orjson.loads(request.body.read())])
        case ("DELETE", "faults"):
            crm.faults.disarm()
        case ("GET", "faults"):
            return json_answer([fault.told() for fault in crm.faults.armed()])
        case ("GET", "applied"):
            limit = request.query.get("limit")
            after = int(request.query.get("after", 0))
            return json_answer(crm.applied.entries(after=after, limit=int(limit) if limit else None))
        case ("POST", "edit"):
            given = orjson.loads(request.body.read())
            crm.edit(given["object"], given["id"], given["fields"])
        case ("GET", "requests"):
            return json_answer(crm.requests.told())
        case ("DELETE", "requests"):
            crm.requests.clear()
        case _:
            return json_answer({"error": "simulator.no_such_door", "asked": " ".join(asked)}, status=404)
    return json_answer({"ok": True})

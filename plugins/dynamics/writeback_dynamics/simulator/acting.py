"""Headers that let somebody act for another, or go round business logic (section 5)."""

from writeback_dynamics.simulator.problems import Problem
from writeback_dynamics.simulator.state import Call, Org
from writeback_dynamics.simulator.tables import is_guid

_BYPASSES = {
    "mscrm.bypassbusinesslogicexecution": "prvBypassCustomBusinessLogic",
    "mscrm.bypassbusinesslogicexecutionstepids": "prvBypassCustomBusinessLogic",
    "mscrm.bypasscustompluginexecution": "prvBypassCustomPlugins",
}
_MOST_STEPS = 3


def acting(call: Call) -> None:
    """Find out who acts, and whether they may do it this way.

    Raises:
        Problem: A privilege is missing, or there is no such user.
    """
    org, headers = call.org, call.headers
    for name, privilege in _BYPASSES.items():
        if name in headers and not org.switches.is_on("bypass_privilege"):
            raise _missing(org, privilege)
    steps = [
        piece for piece in headers.get("mscrm.bypassbusinesslogicexecutionstepids", "").split(",") if piece
    ]
    if len(steps) > _MOST_STEPS:
        message = f"The number of step ids exceeds the limit of {_MOST_STEPS}."
        raise Problem("0x80040203", message)
    by_object, by_user = headers.get("callerobjectid"), headers.get("mscrmcallerid")
    if by_object is None and by_user is None:
        return
    if not org.switches.is_on("impersonation_privilege"):
        raise _missing(org, "prvActOnBehalfOfAnotherUser")
    found = _user(org, by_object, by_user)
    if found is None:
        message = f"systemuser With Id = {by_object or by_user} Does Not Exist"
        raise Problem("0x80040217", message, status=404)
    call.behalf_id, call.user_id = call.user_id, found


def _user(org: Org, by_object: str | None, by_user: str | None) -> str | None:
    users = org.tables["systemuser"]
    if by_object is not None:
        wanted = by_object.strip().lower()
        rows = (row for row in users.rows() if users.value(row, "azureactivedirectoryobjectid") == wanted)
        row = next(rows, None)
    else:
        row = users.living(str(by_user).strip()) if is_guid(str(by_user).strip()) else None
    return None if row is None else users.id(row)


def _missing(org: Org, privilege: str) -> Problem:
    message = f"Principal user (Id={org.user_id}, type=8) is missing {privilege} privilege."
    return Problem("0x80040220", message, status=403)

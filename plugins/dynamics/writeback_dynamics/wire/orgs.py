"""Who answers: environment and user, as `WhoAmI` and two rows tell."""

from typing import Final

from writeback.errors import InvalidRequestError
from writeback.model.connections import Environment, Org
from writeback_dynamics.wire.literals import address, guid_of
from writeback_dynamics.wire.tables import Json

WHO_AM_I: Final = "WhoAmI"
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})


def parse_whoami(answer: Json) -> tuple[str, str]:
    """Give the ids of organisation and user.

    Raises:
        InvalidRequestError: They are not told.
    """
    org, user = (guid_of(str(answer.get(name) or "")) for name in ("OrganizationId", "UserId"))
    if org is None or user is None:
        raise InvalidRequestError("dynamics.unreadable_answer", expected="OrganizationId")
    return org, user


def prepare_org(org_id: str) -> str:
    """Ask for the organisation's name."""
    return address(f"organizations({org_id})", {"select": "name"})


def prepare_user(user_id: str) -> str:
    """Ask who the user is."""
    return address(f"systemusers({user_id})", {"select": "fullname,internalemailaddress,domainname"})


def parse_org(org_id: str, organisation: Json, user: Json, *, host: str) -> Org:
    """Put the answers together; an organisation whose name may not be read goes by its host.

    The Web API does not say what kind of environment answers, so it is treated as production; but what
    answers on this machine's loopback is a simulator.
    """
    is_simulator = host.rpartition(":")[0] in _LOOPBACK
    names = (user.get(name) for name in ("internalemailaddress", "domainname", "fullname"))
    return Org(
        id=org_id,
        name=str(organisation.get("name") or host),
        user=next((str(name) for name in names if name), ""),
        environment=Environment.TEST if is_simulator else Environment.UNKNOWN,
    )

"""The owners of a portal and the Owners API (wire contract, section 9)."""

from writeback.sdk.simulator import Answer, json_answer
from writeback_hubspot.simulator.problems import Json, invalid, not_found
from writeback_hubspot.simulator.state import Call


def list_owners(call: Call) -> Answer:
    """`GET /owners`: by e-mail, archived or not, in pages."""
    wanted = call.flag("archived")
    found = [owner for owner in call.portal.owners if owner.is_archived is wanted]
    email = call.one("email")
    if email:
        found = [owner for owner in found if owner.email.lower() == email.lower()]
    after = call.number("after", 0)
    limit = call.number("limit", 100, most=500)
    found = [owner for owner in found if int(owner.id) > after]
    told: Json = {"results": [owner.told() for owner in found[:limit]]}
    if len(found) > limit:
        told["paging"] = call.paging(found[limit - 1].id)
    return json_answer(told)


def show_owner(call: Call) -> Answer:
    """`GET /owners/{id}`: by id or by user id."""
    wanted, by_user = call.flag("archived"), call.one("idProperty") == "userId"
    for owner in call.portal.owners:
        given = str(owner.user_id) if by_user else owner.id
        if given == call.found[0] and owner.is_archived is wanted:
            return json_answer(owner.told())
    if not call.found[0].isdigit():
        raise invalid(f"Invalid owner id {call.found[0]}")
    raise not_found()

"""Read what somebody types for an attribute: a value of its type, a team member of a role, or nothing.

Must not: keep anything, ask a CRM.
"""

from collections import abc

from writeback.model.attributes import Attribute
from writeback.model.canonical import Unset
from writeback.model.changes import Reason
from writeback.model.integrations import BlankRule
from writeback.model.people import Person
from writeback.model.types import CLEAR, Wish
from writeback.planning.coercing import coerce, refusal
from writeback.planning.pairing import pick


def read_wish(
    attribute: Attribute, text: str | None, *, is_role: bool, persons: abc.Iterable[Person]
) -> Wish | Reason:
    """Read a text for an attribute; None or blank clears.

    Args:
        attribute: What it is typed for.
        text: As typed.
        is_role: Its value is a team member.
        persons: All team members.

    Returns:
        What is wished, or why it cannot be read, with the attribute's name.
    """
    if not attribute.editable:
        return Reason("attribute.not_editable", (("attribute", attribute.name),))
    read: Wish | Unset | Reason
    if is_role:
        read = _person(text, persons)
    else:
        read = coerce(
            text,
            attribute.kind,
            options=attribute.options,
            is_restricted=bool(attribute.options),
            blank=BlankRule.CLEAR,
        )
    if isinstance(read, Unset):
        return Reason("value.not_text", (("field", attribute.name),))
    if isinstance(read, Reason):
        return Reason(read.code, (("field", attribute.name), *read.facts))
    return read


def _person(typed: str | None, persons: abc.Iterable[Person]) -> Wish | Reason:
    """Read who is meant: what names nobody, or several, stays in the form."""
    text = (typed or "").strip()
    if not text:
        return CLEAR
    found = pick(persons, text)
    if len(found) == 1 and found[0].active:
        return found[0].id
    told = ", ".join(one.id for one in found[:5])
    code = "role.several_people" if len(found) > 1 else "role.inactive" if found else "role.unknown_person"
    return refusal(code, text, candidates=told)

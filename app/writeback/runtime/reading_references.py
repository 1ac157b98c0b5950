"""Which records the reference behind a value may point at, and what of one is typed to mean it.

Must not: ask a CRM.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from writeback.model.integrations import ReferenceMode
from writeback.model.types import AttributeType
from writeback.runtime.facade.people import CandidateView
from writeback.runtime.views import AttributeView, Target
from writeback.sdk.values import ObjectDescription

ID, TITLE, EMAIL = "id", "title", "email"
_MAILS: Final = frozenset({AttributeType.EMAIL, AttributeType.USER_REF})


class Describes(Protocol):
    """What knows objects; `Reading` does."""

    def description(self, connection_id: str, object_name: str) -> ObjectDescription | None:
        """Give what was last described of an object."""


@dataclass(frozen=True, slots=True)
class CellReference:
    """The reference that an edit of a value points elsewhere."""

    connection: str
    """Its id."""
    objects: tuple[str, ...]
    by: str
    """What of a candidate is typed: `id`, `title` or `email`."""

    def text_of(self, candidate: CandidateView) -> str:
        """Give what is typed to mean a candidate; '' where it holds no such thing."""
        return {ID: candidate.id, TITLE: candidate.title, EMAIL: candidate.email}[self.by]


def points_elsewhere(view: AttributeView) -> Target | None:
    """Give the mapping by which an edit of an attribute points a reference elsewhere; None: there is none.

    A role's value is a team member, and is searched among them.
    """
    if view.attribute.kind is AttributeType.USER_REF and view.attribute.options:
        return None
    for one in view.targets:
        mapping = one.mapping
        repoints = mapping.reference_mode is ReferenceMode.REPOINT
        if mapping.write_back and one.refers_to and repoints and len(mapping.path.hops) <= 1:
            return one
    return None


def reference_of(reads: Describes, view: AttributeView) -> CellReference | None:
    """Give the reference behind an attribute; None where no candidate could be typed for it."""
    target = points_elsewhere(view)
    if target is None:
        return None
    path, found = target.mapping.path, ""
    described = reads.description(target.connection.id, target.refers_to[0])
    if not path.hops or (described is not None and path.field == described.key_field):
        found = ID
    elif described is not None and path.field == described.name_field:
        found = TITLE
    elif view.attribute.kind in _MAILS:
        found = EMAIL
    return CellReference(target.connection.id, target.refers_to, found) if found else None

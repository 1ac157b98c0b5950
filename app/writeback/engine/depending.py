"""Hold options against the field that decides about them, as the CRM describes the two.

The deciding field's value is the row's own wish, else what the CRM holds: read beside the compare where it
is no column of the job, once for a piece of rows.

Must not: decide what a CRM that tells nothing would allow.
"""

from collections import abc
from dataclasses import dataclass, field

from writeback.engine.reaching import Reach
from writeback.model.canonical import Unset
from writeback.model.changes import Reason
from writeback.model.dependencies import Dependency
from writeback.model.jobs import Column
from writeback.model.types import Clear, Value, Wish
from writeback.planning.coercing import refusal, text_of
from writeback.sdk.values import FieldInfo, ObjectDescription


@dataclass(frozen=True, slots=True)
class _Ruled:
    """One column whose options hang on another field."""

    place: int
    info: FieldInfo
    rule: Dependency
    controller: int
    """The deciding field's place among the columns; -1: it is read beside them."""


@dataclass(slots=True)
class Dependencies:
    """What the columns of one job hang on."""

    reach: Reach
    described: ObjectDescription
    ruled: tuple[_Ruled, ...]
    held: dict[str, dict[str, Value]] = field(default_factory=dict)
    """By record: what the deciding fields hold that are no columns of the job."""

    @classmethod
    def of(cls, reach: Reach, described: ObjectDescription, columns: abc.Sequence[Column]) -> "Dependencies":
        """Find the columns that hang on another field."""
        places = {column.field.casefold(): place for place, column in enumerate(columns)}
        ruled = []
        for place, column in enumerate(columns):
            info = described.field(column.field)
            if info is not None and info.dependency is not None:
                rule = info.dependency
                ruled.append(_Ruled(place, info, rule, places.get(rule.controller.casefold(), -1)))
        return cls(reach, described, tuple(ruled))

    def look(self, rows: abc.Iterable[tuple[str, abc.Sequence[Wish | Unset]]]) -> None:
        """Read what decides about some rows, given as record id and wishes, where nobody knows it yet."""
        self.held.clear()
        outside = [one for one in self.ruled if one.controller < 0]
        names = tuple(dict.fromkeys(one.rule.controller for one in outside))
        ids = [key for key, wishes in rows if any(_names_option(wishes[one.place]) for one in outside)]
        if not names or not ids:
            return
        self.reach.spent.reads += 1
        page = self.reach.session.fetch(
            self.described.name, by=self.described.key_field, keys=ids, paths=names
        )
        self.held.update((key, dict(zip(names, values, strict=True))) for key, _, values in page.rows)

    def refusal(
        self, record_id: str, wishes: abc.Sequence[Wish | Unset], theirs: abc.Sequence[Value]
    ) -> tuple[int, Reason] | None:
        """Give the first place with an option that does not stand beside the deciding value, and why."""
        for one in self.ruled:
            wish = wishes[one.place]
            if not _names_option(wish):
                continue
            decides = self._deciding(one, record_id, wishes, theirs)
            allowed = None if decides is None else one.rule.of(decides)
            wanted = wish if isinstance(wish, tuple) else (str(wish),)
            wrong = [] if allowed is None else [option for option in wanted if option not in allowed]
            if wrong:
                facts = {"field": one.info.name, "controller": one.rule.controller, "held": decides or ""}
                return one.place, refusal("value.not_beside", wrong[0], **facts)
        return None

    def _deciding(
        self, one: _Ruled, record_id: str, wishes: abc.Sequence[Wish | Unset], theirs: abc.Sequence[Value]
    ) -> str | None:
        if one.controller < 0:
            return text_of(self.held.get(record_id, {}).get(one.rule.controller))
        wish = wishes[one.controller]
        if isinstance(wish, Clear):
            return None
        return text_of(theirs[one.controller] if isinstance(wish, Unset) else wish)


def _names_option(wish: Wish | Unset) -> bool:
    return not isinstance(wish, Unset | Clear)

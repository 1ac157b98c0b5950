"""Know the currency of each record whose amounts are planned: read with the record, one code for each.

Must not: convert an amount.
"""

from collections import abc
from dataclasses import dataclass, field

from writeback.model.canonical import Unset
from writeback.model.changes import Reason
from writeback.model.jobs import Column
from writeback.model.types import Value, Wish
from writeback.planning.currencies import currency_paths, in_currency, refuse_fraction
from writeback.planning.facts import FieldFacts
from writeback.sdk.values import ObjectDescription
from writeback.store.plan_rows import Shown


@dataclass(frozen=True, slots=True)
class Currencies:
    """The currencies of the records of one job."""

    columns: tuple[Column, ...]
    fields: tuple[FieldFacts | None, ...]
    by_place: abc.Mapping[int, str]
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: tuple[Column, ...], description: ObjectDescription) -> "Currencies":
        """Look which columns of a job hold money whose currency the record names."""
        fields = tuple(description.field(column.field) for column in columns)
        return cls(columns, fields, currency_paths(fields))

    @property
    def paths(self) -> tuple[str, ...]:
        """What to read of a record beside its columns."""
        return tuple(dict.fromkeys(self.by_place.values()))

    def note(self, record_id: str, codes: abc.Sequence[Value]) -> None:
        """Remember what was read by `paths`."""
        told = (code if isinstance(code, str) else "" for code in codes)
        self._codes[record_id] = dict(zip(self.paths, told, strict=True))

    def forget(self) -> None:
        """Let go of the records of an earlier chunk."""
        self._codes.clear()

    def refusal(self, record_id: str, wishes: abc.Sequence[Wish | Unset]) -> tuple[int, Reason] | None:
        """Give the first amount that its currency cannot take, and why."""
        for place in self.by_place:
            facts = self.fields[place]
            reason = facts and refuse_fraction(facts, wishes[place], self._wished(record_id, place, wishes))
            if reason:
                return place, reason
        return None

    def shown(
        self,
        record_id: str,
        wishes: abc.Sequence[Wish | Unset],
        theirs: abc.Sequence[Value],
        shown: Shown | None,
    ) -> Shown | None:
        """Add the words for a row's amounts: each with the code of the currency it is in."""
        made = dict(shown or {})
        for place, path in self.by_place.items():
            if isinstance(wishes[place], Unset):
                continue
            now = self._codes.get(record_id, {}).get(path, "")
            then = self._wished(record_id, place, wishes)
            made[place] = (in_currency(theirs[place], now), in_currency(wishes[place], then))
        return made or None

    def _wished(self, record_id: str, place: int, wishes: abc.Sequence[Wish | Unset]) -> str:
        """Give the currency that the record is to have: its own, unless the same row writes another."""
        path = self.by_place[place]
        head = path.partition(".")[0].casefold()
        for at, column in enumerate(self.columns):
            wish = wishes[at]
            if column.field.casefold() == head and not isinstance(wish, Unset):
                return wish if isinstance(wish, str) and "." not in path else ""
        return self._codes.get(record_id, {}).get(path, "")

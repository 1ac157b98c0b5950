"""Which records belong together. Seeded links are functions of row numbers; changes lie over them.

Must not know the API (`associations`).
"""

from collections import abc
from dataclasses import dataclass

from writeback_hubspot.simulator.seeding import Sizes

Label = tuple[str, int]  # category, type id
HUBSPOT, USER = "HUBSPOT_DEFINED", "USER_DEFINED"
Rows = abc.Callable[[int], abc.Iterable[int]]

_LABELS: dict[tuple[str, str], dict[Label, str | None]] = {
    ("contacts", "companies"): {(HUBSPOT, 279): None, (HUBSPOT, 1): "Primary", (USER, 35): "Billing contact"},
    ("companies", "contacts"): {
        (HUBSPOT, 280): None,
        (HUBSPOT, 2): "Contact with Primary Company",
        (USER, 36): "Billing contact",
    },
    ("contacts", "deals"): {(HUBSPOT, 4): None},
    ("deals", "contacts"): {(HUBSPOT, 3): None},
    ("deals", "companies"): {(HUBSPOT, 341): None, (HUBSPOT, 5): "Primary"},
    ("companies", "deals"): {(HUBSPOT, 342): None, (HUBSPOT, 6): "Deal with Primary Company"},
}
_MIRRORED = {279: 280, 280: 279, 1: 2, 2: 1, 35: 36, 36: 35, 4: 3, 3: 4, 341: 342, 342: 341, 5: 6, 6: 5}

PRIMARY = frozenset({(HUBSPOT, 1), (HUBSPOT, 2), (HUBSPOT, 5), (HUBSPOT, 6)})


@dataclass(frozen=True, slots=True)
class Seeded:
    """Links that were there from the start."""

    count: int  # of the records on this side
    rows: Rows
    labels: tuple[Label, ...]


def labels_between(source: str, target: str) -> dict[Label, str | None]:
    """Give the labels two object types can be linked by; the first is the plain one."""
    return _LABELS.get((source, target), {})


def seed_links(sizes: Sizes) -> dict[tuple[str, str], Seeded]:
    """Say which records are linked from the start."""
    companies, contacts, deals = sizes.companies, sizes.contacts, sizes.deals

    def one(row: int, count: int) -> abc.Iterable[int]:
        return (row % count,) if count else ()

    def spread(row: int, total: int, step: int) -> abc.Iterable[int]:
        return range(row, total, step) if step else ()

    return {
        ("contacts", "companies"): Seeded(
            contacts, lambda row: one(row, companies), ((HUBSPOT, 1), (HUBSPOT, 279))
        ),
        ("companies", "contacts"): Seeded(
            companies, lambda row: spread(row, contacts, companies), ((HUBSPOT, 2), (HUBSPOT, 280))
        ),
        ("deals", "companies"): Seeded(
            deals, lambda row: one(row, companies), ((HUBSPOT, 5), (HUBSPOT, 341))
        ),
        ("companies", "deals"): Seeded(
            companies, lambda row: spread(row, deals, companies), ((HUBSPOT, 6), (HUBSPOT, 342))
        ),
        ("deals", "contacts"): Seeded(deals, lambda row: one(row, contacts), ((HUBSPOT, 3),)),
        ("contacts", "deals"): Seeded(contacts, lambda row: spread(row, deals, contacts), ((HUBSPOT, 4),)),
    }


class Links:
    """All links of a portal, each known from both ends."""

    def __init__(self, seeded: abc.Mapping[tuple[str, str], Seeded]) -> None:
        self._seeded = seeded
        self._changed: dict[tuple[str, int, str], dict[int, dict[Label, None]]] = {}

    def of(self, source: str, row: int, target: str) -> dict[int, dict[Label, None]]:
        """Give the linked rows in their order, each with its labels."""
        changed = self._changed.get((source, row, target))
        if changed is not None:
            return changed
        origin = self._seeded.get((source, target))
        if origin is None or row >= origin.count:
            return {}
        return {other: dict.fromkeys(origin.labels) for other in origin.rows(row)}

    def add(self, source: tuple[str, int], target: tuple[str, int], labels: abc.Collection[Label]) -> None:
        """Link two records by labels, from both ends. A record has one primary company."""
        if PRIMARY & set(labels):
            owner, company = (target, source) if source[0] == "companies" else (source, target)
            for other, held in list(self.of(*owner, company[0]).items()):
                former = [label for label in held if label in PRIMARY]
                if former:
                    self.remove(owner, (company[0], other), former)
            plain = next(iter(labels_between(source[0], target[0])))
            labels = [*labels, plain]  # a primary company is an ordinary one too
        for label in labels:
            self._open(source, target).setdefault(target[1], {})[label] = None
            mirrored = (label[0], _MIRRORED.get(label[1], label[1]))
            self._open(target, source).setdefault(source[1], {})[mirrored] = None

    def remove(
        self, source: tuple[str, int], target: tuple[str, int], labels: abc.Collection[Label] = ()
    ) -> None:
        """Take labels off a link (all of them when none are named); the last one ends it."""
        mirrored = [(label[0], _MIRRORED.get(label[1], label[1])) for label in labels]
        for one, other, named in ((source, target, labels), (target, source, mirrored)):
            held = self._open(one, other)
            left = {label: None for label in held.get(other[1], {}) if named and label not in named}
            if left:
                held[other[1]] = left
            else:
                held.pop(other[1], None)

    def _open(self, source: tuple[str, int], target: tuple[str, int]) -> dict[int, dict[Label, None]]:
        key = (*source, target[0])
        if key not in self._changed:
            self._changed[key] = self.of(*key)
        return self._changed[key]

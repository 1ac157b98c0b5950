"""The columns of a file with what each writes, as rows of a table."""

from collections import abc
from dataclasses import dataclass

from writeback.gui.models.tables import Spec
from writeback.gui.translating import Words, mark, tr
from writeback.model.file_mappings import ReferenceUse
from writeback.model.integrations import BlankRule
from writeback.sdk.values import FieldInfo

HOW = Words(
    {
        "same_name": mark("same API name"),
        "same_label": mark("same label"),
        "same_meaning": mark("similar name"),
        "chosen": mark("chosen"),
        "saved": mark("saved mapping"),
        "kept": mark("as it was left"),
    }
)
SAMPLES = 3
AS_EVER = ReferenceUse()
"""A reference is pointed at another record, and a text that names none blocks its row."""


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of the file."""

    name: str
    samples: tuple[str, ...]
    path: str = ""
    """Which field it writes; '': none."""
    field: FieldInfo | None = None
    """The field at that path; None: it lies behind a reference, or there is none."""
    how: str = ""
    is_key: bool = False
    is_constant: bool = False
    """No column of the file: every row writes the same text, the one sample."""
    blank: str = ""
    """What its blank cells mean (`BlankRule`); '': as in the whole file."""
    shapes: str = ""
    """What shapes its texts, with commas between (`TransformUse`)."""
    reference: ReferenceUse = AS_EVER
    """What writing through its reference means, and what becomes of a text that names no record."""

    @property
    def problem(self) -> str:
        """Why the field cannot be written; '': it can, or nothing is written."""
        if self.is_key or not self.path or self.field is None or self.field.is_updateable:
            return ""
        return tr("{field} is read-only for this user.", field=self.field.label or self.path)


def column_specs() -> tuple[Spec[ColumnLine], ...]:
    """Give the table's columns."""
    return (
        Spec(tr("Column of the file"), _named, width=190),
        Spec(tr("First values"), lambda one: " · ".join(one.samples), tone=lambda _one: "muted", width=250),
        Spec(tr("Writes to"), _written, tone=_tone, tip=lambda one: one.problem, width=230),
        Spec(tr("Because of"), lambda one: tr(HOW[one.how]) if one.how else "", width=150),
    )


def samples_of(rows: abc.Iterable[abc.Sequence[str]], place: int) -> tuple[str, ...]:
    """Give the first different values of a column."""
    seen: dict[str, None] = {}
    for row in rows:
        if place < len(row) and row[place].strip():
            seen.setdefault(row[place].strip())
        if len(seen) == SAMPLES:
            break
    return tuple(seen)


def _named(one: ColumnLine) -> str:
    return tr("the same in every row") if one.is_constant else one.name


def _written(one: ColumnLine) -> str:
    if not one.path and not one.is_key:
        return tr("not written")
    told = f"{one.field.label} ({one.path})" if one.field is not None and one.field.label else one.path
    if one.is_key:
        return tr("{field}, finds the record", field=told or one.name)
    if one.shapes:
        told = tr("{field}, shaped by {transforms}", field=told, transforms=one.shapes)
    if one.blank == BlankRule.CLEAR:
        return tr("{field}, blanks clear it", field=told)
    return tr("{field} – read-only", field=told) if one.problem else told


def _tone(one: ColumnLine) -> str:
    if one.problem:
        return "refused"
    return "" if one.path else "muted"

"""Put a mapping's value rules to work: its value map first, then its transforms in their order.

Transforms are plugins' code: each call stands behind a guard, and what goes wrong blocks the row with the
plugin's name. Runs where plugins run (worker, serve, command line), never in the window.

Must not: check what comes out against the CRM (`planning.checking` does).
"""

import logging
from collections import abc
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from writeback.errors import MappingError
from writeback.model.changes import Reason
from writeback.model.integrations import FieldMapping
from writeback.model.types import AttributeType, Clear, Value
from writeback.model.value_rules import TransformUse
from writeback.planning.coercing import coercer, refusal, text_of
from writeback.planning.translating import Translation
from writeback.sdk.transforms import Inverts, Transform

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Offered:
    """A transform with the plugin that offers it; the program's own have none."""

    transform: Transform
    plugin: str = ""


FindTransform = abc.Callable[[str], Offered]
"""Finds a transform by its name. Raises MappingError, PluginError."""


def find_none(name: str) -> Offered:
    """Know no transform.

    Raises:
        MappingError: Always.
    """
    raise MappingError("transform.unknown", name=name[:80], known="")


@dataclass(frozen=True, slots=True)
class _Step:
    """One transform as a mapping uses it."""

    use: TransformUse
    offered: Offered

    def out(self, value: Value) -> Value | Reason:
        return self._guarded(self.offered.transform.apply, value)

    def back(self, value: Value) -> Value | Reason:
        transform = self.offered.transform
        return self._guarded(transform.invert, value) if isinstance(transform, Inverts) else value

    def _guarded(self, call: abc.Callable[[Value, str], object], value: Value) -> Value | Reason:
        try:
            made = call(value, self.use.argument)
        except Exception as error:  # a plugin's code: whatever it raises is its own
            log.warning("the transform %s of %s failed", self.use.name, self.offered.plugin, exc_info=True)
            return self._failed(value, type(error).__name__)
        if made is None or not isinstance(made, _VALUES):
            return self._failed(value, type(made).__name__)
        if isinstance(made, str) and not made.strip():
            return refusal("transform.nothing_left", text_of(value) or "", transform=str(self.use))
        return made

    def _failed(self, value: Value, error: str) -> Reason:
        facts = {"transform": str(self.use), "plugin": self.offered.plugin or "Writeback", "error": error}
        return refusal("transform.failed", text_of(value) or "", **facts)


_VALUES: Final = (str, bool, int, Decimal, date, tuple, Reason)


@dataclass(frozen=True, slots=True)
class Shape:
    """The value rules of one mapping at work."""

    translation: Translation
    steps: tuple[_Step, ...]

    def out(self, ours: Value) -> Value | Reason:
        """Give what is written for a value of the attribute, or why nothing can be."""
        made = self.translation.out(ours)
        for step in self.steps:
            if isinstance(made, Reason) or made is None:
                return made
            made = step.out(made)
        return made

    def meaning(self, theirs: Value) -> Value:
        """Give what a value of the CRM means; its own where a transform cannot be turned back."""
        made = self.read(theirs)
        return theirs if isinstance(made, Reason) else self.translation.meaning(made)

    def read(self, theirs: Value) -> Value | Reason:
        """Turn back the transforms as a value comes in, before the value map; or say why it cannot be."""
        made: Value | Reason = theirs
        for step in reversed(self.steps):
            if made is None or isinstance(made, Reason):
                return made
            made = step.back(made)
        return made


def shape_of(mapping: FieldMapping, kind: AttributeType, *, find: FindTransform) -> Shape:
    """Make the shape of a mapping, for an attribute of `kind`.

    Raises:
        MappingError: `transform.unknown`.
        PluginError: Its plugin cannot be loaded, or may not run.
    """
    steps = tuple(_Step(use, find(use.name)) for use in mapping.values.transforms)
    return Shape(Translation(mapping.values, kind), steps)


@dataclass(frozen=True, slots=True)
class TextShape:
    """Transforms at work on the texts of a file's column, before they are read as values of its field."""

    steps: tuple[_Step, ...]

    def out(self, text: str) -> str | Reason:
        """Give the shaped text; a blank one stays blank."""
        made: Value = text
        for step in self.steps if text.strip() else ():
            told = step.out(_as_date(made) if step.use.name == _DATE else made)
            if isinstance(told, Reason):
                return told
            made = told
        return made if isinstance(made, str) else text_of(made) or ""


def text_shape(uses: abc.Iterable[TransformUse], *, find: FindTransform) -> TextShape | None:
    """Make what shapes the texts of a column; None: nothing does.

    Raises:
        MappingError: `transform.unknown`.
        PluginError: Its plugin cannot be loaded, or may not run.
    """
    steps = tuple(_Step(use, find(use.name)) for use in uses)
    return TextShape(steps) if steps else None


_DATE: Final = "date"


def _as_date(value: Value) -> Value:
    """Read a text as the date it is, for the transform that writes dates; it refuses what is none."""
    read = coercer(AttributeType.DATE)(value) if isinstance(value, str) else value
    return value if isinstance(read, Reason | Clear) else read


def readers_back(
    mappings: abc.Iterable[FieldMapping], *, find: FindTransform
) -> dict[str, abc.Callable[[Value], Value | Reason]]:
    """Give by path what reads the values of those mappings whose transforms are turned back; mostly none.

    Raises:
        MappingError: `transform.unknown`.
        PluginError: A plugin cannot be loaded, or may not run.
    """
    found: dict[str, abc.Callable[[Value], Value | Reason]] = {}
    for mapping in mappings:
        if mapping.values.transforms:
            shape = shape_of(mapping, AttributeType.TEXT, find=find)
            if any(isinstance(step.offered.transform, Inverts) for step in shape.steps):
                found[str(mapping.path)] = shape.read
    return found


def kind_of(value: Value) -> AttributeType:
    """Give the plainest type that a value is canonical for."""
    return _PLAINEST.get(type(value), AttributeType.TEXT)


_PLAINEST: Final[abc.Mapping[type, AttributeType]] = {
    bool: AttributeType.BOOLEAN,
    int: AttributeType.INTEGER,
    Decimal: AttributeType.NUMBER,
    datetime: AttributeType.DATETIME,
    date: AttributeType.DATE,
    tuple: AttributeType.MULTI_LIST,
}

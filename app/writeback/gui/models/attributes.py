"""The attributes of an entity, with what feeds each and which CRMs take it."""

from collections import abc
from dataclasses import dataclass

from PySide6.QtCore import QObject

from writeback.gui.i18n import TYPE_WORDS
from writeback.gui.models.tables import ListModel, Spec, said
from writeback.gui.translating import mark, number, tr
from writeback.model.attributes import Option
from writeback.model.types import AttributeType
from writeback.runtime.views import AttributeUses, AttributeView, Target


@dataclass(frozen=True, slots=True)
class AttributeLine:
    """An attribute with what names it."""

    view: AttributeView
    uses: AttributeUses | None

    @property
    def used(self) -> str:
        """How much names it; '' for nothing."""
        return number(self.uses.number) if self.uses is not None else ""

    def used_words(self) -> str:
        """Name what names it, a line each."""
        if self.uses is None:
            return ""
        return "\n".join(
            (
                *(tr("Segment: {name}", name=name) for name in self.uses.segments),
                *(tr("Form: {name}", name=name) for name in self.uses.forms),
                *(tr("Play: {name}", name=name) for name in self.uses.plays),
            )
        )


class AttributesModel(ListModel[AttributeLine]):
    """The attribute table; finds by title, API name and what feeds it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(said(SPECS), parent)
        self._all: tuple[AttributeLine, ...] = ()
        self._words = ""

    def show_attributes(
        self, views: abc.Iterable[AttributeView], uses: abc.Mapping[str, AttributeUses]
    ) -> None:
        """Show these, with what names them by their names."""
        self._all = tuple(AttributeLine(view, uses.get(view.attribute.name)) for view in views)
        self._refilter()

    def filter_words(self, words: str) -> None:
        """Show only those that hold these words."""
        self._words = words.casefold().strip()
        self._refilter()

    def place_of(self, name: str) -> int:
        """Give the row of an attribute; the first where it is not shown."""
        return next((place for place, line in enumerate(self.rows) if line.view.attribute.name == name), 0)

    def _refilter(self) -> None:
        self.show_rows(line for line in self._all if self._words in _found_by(line.view))


def _found_by(view: AttributeView) -> str:
    return " ".join((view.attribute.title, view.attribute.name, _sources(view))).casefold()


def source_words(target: Target) -> str:
    """Name a field with its CRM: `Acme · Account.Industry`."""
    return f"{target.connection.name} · {target.integration.object}.{target.mapping.path}"


def _sources(view: AttributeView) -> str:
    if len(view.targets) == 1:
        return view.targets[0].connection.name
    return tr("%n fields", len(view.targets)) if view.targets else ""


def _options(view: AttributeView) -> str:
    return number(len(view.attribute.options)) if view.attribute.options else ""


def _back(view: AttributeView) -> str:
    on = sum(target.mapping.write_back for target in view.targets)
    if not view.targets:
        return tr("not mapped")
    return (
        tr("{on} of {targets}", on=on, targets=len(view.targets))
        if len(view.targets) > 1
        else tr("on")
        if on
        else tr("off")
    )


def _tone(view: AttributeView) -> str:
    return "ok" if any(target.mapping.write_back for target in view.targets) else "muted"


SPECS: tuple[Spec[AttributeLine], ...] = (
    Spec(mark("Attribute"), lambda line: line.view.attribute.title, width=200),
    Spec(mark("API name"), lambda line: line.view.attribute.name, tone=lambda _line: "muted", width=130),
    Spec(mark("Type"), lambda line: TYPE_WORDS[line.view.attribute.kind], width=124),
    Spec(mark("Options"), lambda line: _options(line.view), is_number=True, width=74),
    Spec(mark("Write-back"), lambda line: _back(line.view), chip=lambda line: _tone(line.view), width=100),
    Spec(
        mark("Used by"),
        lambda line: line.used,
        tip=lambda line: line.used_words(),
        is_number=True,
        width=74,
    ),
    Spec(
        mark("Comes from"),
        lambda line: _sources(line.view),
        tip=lambda line: "\n".join(map(source_words, line.view.targets)),
        tone=lambda _line: "muted",
        width=130,
    ),
)

LISTS = frozenset({AttributeType.LIST, AttributeType.MULTI_LIST, AttributeType.LIFECYCLE})
"""Types whose values are options."""


def option_line(option: Option) -> str:
    """Write an option as a line that `read_options` reads."""
    return option.value if option.label == option.value else f"{option.value} = {option.label}"


def read_options(text: str, known: abc.Iterable[Option] = ()) -> tuple[Option, ...]:
    """Read options, one a line; one that was not offered any more stays so."""
    gone = {option.value for option in known if not option.active}
    parted = (one.partition("=") for one in text.splitlines() if one.strip())
    return tuple(
        Option(value.strip(), label.strip() or value.strip(), value.strip() not in gone)
        for value, _, label in parted
    )

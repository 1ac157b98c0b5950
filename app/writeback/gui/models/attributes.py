"""The attributes of an entity, with what feeds each and which CRMs take it."""

from collections import abc

from PySide6.QtCore import QObject

from writeback.gui.i18n import TYPE_WORDS
from writeback.gui.models.tables import ListModel, Spec, said
from writeback.gui.translating import mark, number, tr
from writeback.model.attributes import Option
from writeback.model.types import AttributeType
from writeback.runtime.views import AttributeView, Target


class AttributesModel(ListModel[AttributeView]):
    """The attribute table; finds by title, API name and what feeds it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(said(SPECS), parent)
        self._all: tuple[AttributeView, ...] = ()
        self._words = ""

    def show_attributes(self, views: tuple[AttributeView, ...]) -> None:
        """Show these."""
        self._all = views
        self._refilter()

    def filter_words(self, words: str) -> None:
        """Show only those that hold these words."""
        self._words = words.casefold().strip()
        self._refilter()

    def place_of(self, name: str) -> int:
        """Give the row of an attribute; the first where it is not shown."""
        return next((place for place, view in enumerate(self.rows) if view.attribute.name == name), 0)

    def _refilter(self) -> None:
        self.show_rows(view for view in self._all if self._words in _found_by(view))


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


SPECS: tuple[Spec[AttributeView], ...] = (
    Spec(mark("Attribute"), lambda view: view.attribute.title, width=200),
    Spec(mark("API name"), lambda view: view.attribute.name, tone=lambda _view: "muted", width=130),
    Spec(mark("Type"), lambda view: TYPE_WORDS[view.attribute.kind], width=124),
    Spec(mark("Options"), _options, is_number=True, width=74),
    Spec(mark("Write-back"), _back, chip=_tone, width=100),
    Spec(
        mark("Comes from"),
        _sources,
        tip=lambda view: "\n".join(map(source_words, view.targets)),
        tone=lambda _view: "muted",
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

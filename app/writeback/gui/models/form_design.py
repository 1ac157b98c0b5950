"""A form as it is designed: headings and fields in one list, and back into sections."""

from collections import abc

from PySide6.QtCore import QObject

from writeback.gui.i18n import BLANK
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import tr
from writeback.model.forms import FormField, FormSection, InsightForm
from writeback.runtime.views import AttributeView

Item = str | FormField
"""A heading, or a field under it."""


def items_of(form: InsightForm) -> list[Item]:
    """Give headings and fields in their order; a first section without a title has no line."""
    found: list[Item] = []
    for place, section in enumerate(form.sections):
        if section.title or place:
            found.append(section.title)
        found.extend(section.fields)
    return found


def sections_of(items: abc.Iterable[Item]) -> tuple[FormSection, ...]:
    """Give the sections of a list; fields before the first heading stand in one without a title."""
    found: list[tuple[str, list[FormField]]] = []
    for item in items:
        if isinstance(item, str):
            found.append((item, []))
        else:
            if not found:
                found.append(("", []))
            found[-1][1].append(item)
    return tuple(FormSection(title, tuple(fields)) for title, fields in found)


def design_model(known: abc.Mapping[str, AttributeView], parent: QObject | None = None) -> ListModel[Item]:
    """Make the table of a design; `known` are the attributes by folded name, read at each look."""

    def name(attribute: str) -> str:
        view = known.get(attribute.casefold())
        return view.attribute.title if view is not None else tr("{name} (gone)", name=attribute)

    def asks(item: Item) -> str:
        return tr("Section: {title}", title=item) if isinstance(item, str) else name(item.attribute)

    def when(item: Item) -> str:
        if isinstance(item, str) or item.when is None:
            return ""
        return tr("{name} is {value}", name=name(item.when[0]), value=item.when[1] or tr(BLANK))

    def tone(item: Item) -> str:
        if isinstance(item, str):
            return "muted"
        return "" if item.attribute.casefold() in known else "refused"

    specs: tuple[Spec[Item], ...] = (
        Spec(tr("Asks for"), asks, tone=tone, width=190),
        Spec(
            tr("Required"),
            lambda item: tr("yes") if isinstance(item, FormField) and item.is_required else "",
            width=80,
        ),
        Spec(
            tr("Default"),
            lambda item: (item.default or "") if isinstance(item, FormField) else "",
            width=90,
        ),
        Spec(tr("Only when"), when, width=150),
    )
    return ListModel[Item](specs, parent)

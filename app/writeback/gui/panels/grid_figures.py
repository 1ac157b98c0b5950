"""Figures of the current column, on request: one line below the grid."""

from collections import abc

from writeback.errors import WritebackError
from writeback.gui.i18n import number, shown
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.text import ElidedLabel
from writeback.model.attributes import Attribute
from writeback.runtime.facade import PlanSource
from writeback.store.grid_figures import Figures


class FiguresLine(ElidedLabel):
    """What a column holds in the records that are meant."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(role="muted")
        self._desk = desk
        self._tickets = 0
        self.hide()

    def ask(
        self, source: PlanSource, attribute: Attribute, *, failed: abc.Callable[[WritebackError], None]
    ) -> None:
        """Count an attribute in the records of a source of the kind `segment`."""
        self._tickets += 1
        ticket = self._tickets

        def done(found: Figures) -> None:
            if ticket == self._tickets:
                self.set_text(figures_words(found, attribute))
                self.setAccessibleName(self.text())
                self.show()

        self._desk.read(
            self, lambda reads: reads.bulk.figures(source, attribute.name), done=done, failed=failed
        )

    def forget(self) -> None:
        """Another selection or another filter: these figures are about nothing any more."""
        self._tickets += 1
        self.hide()


def figures_words(found: Figures, attribute: Attribute) -> str:
    """Say figures in one line."""
    kind, labels = attribute.kind, {option.value: option.label for option in attribute.options}
    parts = [
        tr("{filled} filled", filled=number(found.filled)),
        tr("{blank} blank", blank=number(found.records - found.filled)),
        tr("{distinct} different", distinct=number(found.distinct)),
    ]
    if found.total is not None:
        mean = found.total / found.filled
        parts += [
            tr("sum {value}", value=shown(found.total.normalize() + 0, kind)),
            tr("mean {value}", value=shown(round(mean, 2), kind)),
            tr("least {value}", value=shown(found.least, kind)),
            tr("most {value}", value=shown(found.most, kind)),
        ]
    parts += [f"{shown(value, kind, labels)} {number(count)}" for value, count in found.common]
    return f"{attribute.title}: {' · '.join(parts)}"

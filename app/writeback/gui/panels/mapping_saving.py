"""Saving what was wished on the mapping screen, and what it then means for records that are there."""

from collections import abc
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from writeback.errors import WritebackError
from writeback.gui.dialogs.backfilling import BackfillDialog
from writeback.gui.models.fields import FieldChoice, FieldsModel
from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.text import one_line
from writeback.model.backfills import Backfill
from writeback.model.integrations import Integration

if TYPE_CHECKING:  # every call of the façade at once: more than the screen costs
    from writeback.runtime.facade import Facade


class Saving(QObject):
    """Saves wishes, and offers to apply them to existing records.

    Signals:
        saved: The mappings are kept; carries the `Integration`.
        pull_wanted: Existing records shall take over what the CRM holds.
    """

    saved = Signal(object)
    pull_wanted = Signal()

    def __init__(self, panel: Panel, model: FieldsModel, button: Button) -> None:
        super().__init__(panel)
        self._panel, self._model, self._button = panel, model, button
        self._integration: Integration | None = None
        self._crm = ""
        self._fresh: tuple[str, ...] = ()
        """Attributes that the last saving lets go to the CRM from now on; asked about once."""
        self.dialog: BackfillDialog | None = None

    def know(self, integration: Integration, crm: str) -> None:
        """Say what is shown, and what its CRM is called."""
        self._integration, self._crm = integration, crm

    def save(self) -> None:
        """Keep what was wished."""
        integration, changed = self._integration, self._model.changed
        if integration is None or not changed:
            return
        name = str(integration.id)
        dropped = tuple(
            one.path
            for one in changed
            if one.saved is not None and (one.wished is None or one.wished.attribute != one.saved.attribute)
        )
        kept = tuple(one.wished for one in changed if one.wished is not None)
        unmap_act = self._panel.desk.new_id()
        fresh = fresh_of(changed)
        self._button.gate(tr("The mappings are being saved."))

        def save(facade: "Facade", act: str) -> Integration:
            made = facade.unmap_fields(name, dropped, act=unmap_act) if dropped else integration
            return facade.map_fields(name, kept, act=act) if kept else made

        def done(made: Integration) -> None:
            self._fresh = fresh
            self._panel.told.emit(tr("Mappings saved."))
            self.saved.emit(made)

        def failed(error: WritebackError) -> None:
            self._model.wished.emit(len(self._model.changed))
            self._panel.complain(error)

        self._panel.desk.ask(self._panel, save, done=done, failed=failed)

    def shown(self) -> None:
        """The saved mappings are on the screen: count what they mean for records that are there already."""
        integration, fresh = self._integration, self._fresh
        if integration is None or not fresh:
            return
        self._fresh = ()
        name = str(integration.id)
        self._panel.desk.read(
            self._panel,
            lambda reads: reads.bulk.backfill(name),
            done=lambda found: self._offer(found, fresh),
            failed=self._panel.complain,
        )

    def _offer(self, found: Backfill, fresh: tuple[str, ...]) -> None:
        integration = self._integration
        lines = [line for line in found.lines if line.attribute in fresh and line.differ and not line.code]
        if not lines or integration is None or found.integration != integration.id:
            return
        self._panel.states.banner.tell(
            tr(
                "Mappings saved. In records that are there already %n values differ from {crm}.",
                sum(line.differ for line in lines),
                crm=one_line(self._crm),
            ),
            act=tr("Apply to existing records…"),
            call=lambda: self.open(fresh),
        )

    def open(self, chosen: abc.Collection[str] = ()) -> None:
        """Ask which attributes of existing records shall go to the CRM."""
        if self._integration is None:
            return
        self.dialog = BackfillDialog(
            self._panel.desk,
            str(self._integration.id),
            crm=self._crm,
            chosen=chosen,
            parent=self._panel.window(),
        )
        self.dialog.reviewed.connect(lambda source: self._panel.asked.emit("review", source))
        self.dialog.pull_wanted.connect(self.pull_wanted)
        self.dialog.open()


def fresh_of(changed: abc.Iterable[FieldChoice]) -> tuple[str, ...]:
    """Name the attributes that are to be written to the CRM and were not, or not to that field."""
    return tuple(
        one.wished.attribute
        for one in changed
        if one.wished is not None
        and one.wished.write_back
        and (one.saved is None or not one.saved.write_back or one.saved.attribute != one.wished.attribute)
    )

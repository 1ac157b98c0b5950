"""What a workspace file from elsewhere holds, before a person trusts it; the default is to leave it."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from writeback.errors import WritebackError
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.tasks import Desk
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.facts import Facts
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column, give_room, scrolled
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table, lines_high
from writeback.gui.widgets.text import PlainLabel
from writeback.model.connections import Connection
from writeback.runtime import trusted_files
from writeback.runtime.holdings import Holdings, PluginWish
from writeback.settings import load

MOST_LINES = 8
WHY = Words(
    {
        trusted_files.OWN: mark("It lies in your data folder."),
        trusted_files.FOLDER: mark("It lies in a folder that you trust."),
        trusted_files.ALLOWED: mark("You trusted this very file."),
        trusted_files.UNKNOWN: mark("It was not made on this computer by you, and you did not say yet."),
        trusted_files.OTHER_FILE: mark("The file that you trusted at this place was another one."),
        trusted_files.REFUSED: mark("You said that you do not trust it."),
        trusted_files.UNREADABLE: mark("The list of what you trust cannot be read."),
    }
)


class TrustDialog(QDialog):
    """The file, what it would do, and the two ways on.

    Signals:
        decided: The person said something else than what held; carries whether the file is trusted now.
    """

    decided = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(tr("Trust this workspace"))
        give_room(self, 880, 580)
        self.head = PlainLabel(tr("Trust this workspace"), role="heading", wraps=True)
        self.words = PlainLabel("", wraps=True)
        self.facts = Facts(titles_width=150)
        self.model = ListModel[Connection](
            (
                Spec(tr("Connection"), lambda one: one.name, width=140),
                Spec(tr("Environment"), lambda one: one.environment_word, width=110),
                Spec(tr("Org"), _org_of, width=180),
                Spec(tr("Address"), lambda one: one.origin, width=220),
            )
        )
        self.table = Table(tr("Connections of the file"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        inside = QWidget()
        body = column(self.words, self.table, self.facts, gap=3)  # where it would go comes first
        body.addStretch(1)
        inside.setLayout(body)
        self.states = States(scrolled(inside))
        self.states.retry.connect(self.look)
        self.keep = Button(tr("Keep it restricted"), call=self.reject)
        self.trust = Button(tr("Trust this workspace"), kind="primary", call=lambda: self._decide(True))  # noqa: FBT003  said by the button
        self.revoke = Button(tr("Trust it no longer"), kind="danger", call=lambda: self._decide(False))  # noqa: FBT003  the same
        for button in (self.trust, self.revoke):
            button.hide()
        box = column(self.head, gap=3, margin=6)
        box.addWidget(self.states, 1)
        box.addWidget(Flowing(self.keep, self.revoke, self.trust, is_at_end=True))
        self.setLayout(box)
        self.keep.setFocus()
        self.look()

    _shown = ""
    """Which file is told of."""

    def look(self) -> None:
        """Ask the file what it holds."""
        self.states.loading()
        self._desk.read(self, lambda reads: reads.holdings(load()), done=self._show, failed=self.states.error)

    def _show(self, found: Holdings) -> None:
        self.states.ready()
        self._shown = found.mark
        self.model.show_rows(found.connections)
        self.table.setVisible(bool(found.connections))
        self.table.setFixedHeight(lines_high(min(len(found.connections), MOST_LINES)))
        self.facts.show_facts(facts_of(found))
        self.trust.setVisible(not found.is_trusted)
        self.revoke.setVisible(found.is_trusted)
        if found.is_trusted:
            self.head.set_text(tr("This workspace is trusted"))
            self.words.set_text(tr("What is in it is sent when you send it; its plugins run."))
            self.keep.say(tr("Close"))
        else:
            self.head.set_text(tr("Do you trust this workspace?"))
            self.words.set_text(
                tr(
                    "You can read and edit it as it is. Trusted, its connections are used, its jobs are sent "
                    "by the worker and its plugins run, all in your name. Trust it only when you know who "
                    "made it and these addresses are yours."
                )
            )

    def _decide(self, is_trusted: bool) -> None:  # noqa: FBT001  what the button says
        for button in (self.trust, self.revoke):
            button.gate(tr("The decision is being kept."))

        def kept(_none: object) -> None:
            self.decided.emit(is_trusted)
            self.accept()

        shown = self._shown
        self._desk.ask(
            self,
            lambda facade, act: (
                facade.trust_workspace(shown, act=act) if is_trusted else facade.restrict_workspace(act=act)
            ),
            done=kept,
            failed=self._refused,
        )

    def _refused(self, error: WritebackError) -> None:
        for button in (self.trust, self.revoke):
            button.gate("")
        self.states.banner.tell_error(error)


def facts_of(found: Holdings) -> abc.Iterator[tuple[str, str]]:
    """Say what a file holds, as pairs of words."""
    yield tr("File"), str(found.path)
    yield tr("Why"), WHY.get(found.why, found.why)
    yield tr("Made"), found.made_at[:10]
    if found.jobs:
        rows = tr("%n rows", found.rows)
        yield tr("Jobs that wait"), tr("{jobs} with {rows}", jobs=tr("%n jobs", found.jobs), rows=rows)
    else:
        yield tr("Jobs that wait"), tr("nothing")
    yield tr("Pending edits"), tr("%n pending edits", found.drafts) if found.drafts else tr("nothing")
    if found.plans:
        yield tr("Plans"), tr("%n plans that were not sent", found.plans)
    if found.runs:
        yield tr("Runs by itself"), tr("%n plays and schedules", found.runs)
    yield tr("Plugins of others"), "; ".join(map(_wish_of, found.plugins)) or tr("nothing")
    for path in found.files_named:
        yield tr("File it would read"), path


def _wish_of(plugin: PluginWish) -> str:
    if not plugin.status:
        return tr("{plugin}: not installed", plugin=plugin.id)
    name = f"{plugin.id} {plugin.version}".strip()
    if plugin.status in ("found", "loaded"):
        return tr("{plugin}: you allowed it", plugin=name)
    return tr("{plugin}: not allowed", plugin=name)


def _org_of(connection: Connection) -> str:
    org = connection.org
    return tr("never answered") if org is None else f"{org.name} · {org.id}"

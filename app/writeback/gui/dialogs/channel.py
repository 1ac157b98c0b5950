"""Set a channel up: its plugin's questions, the host messages go to, which notices, of which connections.

What is written is asked of the façade. A secret is given on and forgotten; one that is kept is never shown.
"""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.notices import KIND_WORDS
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, give_room, row, scrolled
from writeback.gui.widgets.schema_forms import SchemaForm
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel, gate, mnemonic_free
from writeback.model.notices import NoticeKind
from writeback.runtime.channels import FILE, ChannelView, host_of
from writeback.runtime.facade import ChannelWish
from writeback.runtime.views import ConnectionView
from writeback.sdk.manifest import FormField


class ChannelDialog(QDialog):
    """The questions of one channel.

    Signals:
        saved: It is set up; carries the channel's id.
    """

    saved = Signal(str)

    def __init__(
        self,
        desk: Desk,
        view: ChannelView,
        *,
        kept: abc.Set[str],
        connections: abc.Sequence[ConnectionView],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._view, self._kept = desk, view, kept
        title = tr("Set up {channel}", channel=tr(view.title))
        self.setWindowTitle(title)
        self.setMinimumSize(560, 480)
        give_room(self, 600, 600)
        self.banner = Banner()
        self.form = SchemaForm()
        self.forget: dict[str, QCheckBox] = {}
        self.kinds: dict[NoticeKind, QCheckBox] = {}
        self.connections: dict[str, QCheckBox] = {}
        self.allow = QCheckBox()
        self._shown_host = ""
        self.place = PlainLabel(role="muted", wraps=True)
        inside = QWidget()
        lines = column(gap=4, margin=(0, 0, 3, 0))
        self._ask(lines)
        self._ask_which(lines, connections)
        lines.addStretch(1)
        inside.setLayout(lines)
        self.go = Button(tr("Save"), kind="primary", call=self.save)
        self.go.setDefault(True)
        box = column(PlainLabel(title, role="heading", wraps=True), self.banner, gap=3, margin=6)
        box.addWidget(scrolled(inside), 1)
        self._ask_host(box)
        box.addLayout(row(None, Button(tr("Cancel"), call=self.reject), self.go))
        self.setLayout(box)
        self.form.changed.connect(self._show_host)
        self._show_host()
        if view.locked_by:
            self.go.gate(tr("Locked by your administrator in {path}", path=view.locked_by))
        first = next(iter(self.form.fields.values()), None)
        if first is not None:
            first.setFocus()

    # what is asked

    def _ask(self, lines: QVBoxLayout) -> None:
        facts, told = self._view.facts, self._view.choices.form
        if facts is None:
            return
        lines.addWidget(PlainLabel(tr(facts.description), role="muted", wraps=True))
        for name, question in facts.form.properties.items():
            self.form.ask(name, question, is_required=name in facts.form.required, value=told.get(name))
        for name, question in facts.secrets.items():
            hint = tr("kept; type to replace it") if name in self._kept else ""
            self.form.ask_secret(name, question, is_required=False, hint=hint)
        for name, question in facts.secrets.items():
            file = f"{name}{FILE}"
            if told.get(file):
                words = tr("{secret}: read from this file", secret=tr(question.title))
                self.form.ask(file, FormField(title=words, format="path"), value=told[file])
        lines.addWidget(self.form)
        for name in facts.secrets:
            if name in self._kept:
                forgets = QCheckBox(
                    mnemonic_free(tr("Forget: {secret}", secret=tr(facts.secrets[name].title)))
                )
                self.forget[name] = forgets
                lines.addWidget(forgets)

    def _ask_host(self, lines: QVBoxLayout) -> None:
        lines.addWidget(PlainLabel(tr("Where messages go"), role="group"))
        lines.addWidget(self.place)
        lines.addWidget(self.allow)

    def _ask_which(self, lines: QVBoxLayout, connections: abc.Sequence[ConnectionView]) -> None:
        chosen = self._view.choices
        lines.addWidget(PlainLabel(tr("Which notices"), role="group"))
        for kind in NoticeKind:
            box = QCheckBox(mnemonic_free(KIND_WORDS[kind]))
            box.setChecked(kind in chosen.kinds)
            self.kinds[kind] = box
            lines.addWidget(box)
        if connections:
            lines.addWidget(PlainLabel(tr("Of which connections"), role="group"))
        for view in connections:
            box = QCheckBox(mnemonic_free(view.connection.name))
            box.setChecked(str(view.connection.id) not in chosen.not_for)
            self.connections[str(view.connection.id)] = box
            lines.addWidget(box)

    # what is shown

    @property
    def host(self) -> str:
        """The host that the answers name."""
        return host_of(self._view.facts, self.form.answers()) if self._view.facts is not None else ""

    def _show_host(self) -> None:
        host = self.host
        has_place = self._view.facts is not None and bool(self._view.facts.host)
        self.place.set_text(
            tr("Every message goes to this host and to no other: {host}", host=host)
            if host
            else tr("The answers above name no host yet.")
        )
        self.place.setVisible(has_place)
        words = tr("Let messages go to {host}", host=host) if host else tr("Let messages go there")
        self.allow.setText(mnemonic_free(words))
        self.allow.setVisible(has_place)
        gate(self.allow, "" if host else tr("The answers above name no host yet."))
        if host != self._shown_host:
            self._shown_host = host
            self.allow.setChecked(bool(host) and host == self._view.choices.host)

    # what a person wants

    def save(self) -> None:
        """Ask the façade; what is wrong is said here, and nothing typed is lost."""
        if not self.form.check():
            return
        if self.host and not self.allow.isChecked():
            self.banner.tell(
                tr("Look at the host: {host}. If messages may go there, say so below.", host=self.host),
                tone="warning",
            )
            self.allow.setFocus()
            return
        forgotten = {name: "" for name, box in self.forget.items() if box.isChecked()}
        wish = ChannelWish(
            self._view.id,
            form=tuple(self.form.answers().items()),
            secrets=tuple({**forgotten, **self.form.secret_answers()}.items()),
            kinds=tuple(kind.value for kind, box in self.kinds.items() if box.isChecked()),
            not_for=self._not_for(),
            allow_host=self.host,
        )
        self.go.gate(tr("It is being saved."))
        self._desk.ask(
            self,
            lambda facade, act: facade.set_channel(wish, act=act),
            done=self._saved,
            failed=self._failed,
        )

    def _not_for(self) -> tuple[str, ...]:
        """Give the unticked connections, and those of other workspaces as they were."""
        elsewhere = self._view.choices.not_for - self.connections.keys()
        unticked = {place for place, box in self.connections.items() if not box.isChecked()}
        return tuple(sorted(elsewhere | unticked))

    def _saved(self, channel: str) -> None:
        self.form.forget_secrets()
        self.saved.emit(channel)
        self.accept()

    def _failed(self, error: WritebackError) -> None:
        self.go.gate("")
        self.banner.tell_error(error)

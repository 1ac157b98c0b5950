"""What a chip of the context bar opens: how one connection stands, in words."""

from collections import abc
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from writeback.gui.i18n import SAFETY_WORDS, moment, number
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import EnvironmentChip
from writeback.gui.widgets.layouts import column, roomy, row
from writeback.gui.widgets.text import PlainLabel
from writeback.model.connections import SignInState
from writeback.runtime.plan_words import quota_title
from writeback.runtime.views import ConnectionView
from writeback.sdk.values import Usage


class ConnectionFacts(QDialog):
    """Sign-in, quota and safety level of one connection.

    Signals:
        opened: The screen of connections is wanted.
    """

    opened = Signal()

    def __init__(self, view: ConnectionView, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(view.connection.name)
        self.setProperty("box", "popup")
        self.setMinimumWidth(roomy(380))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for place, (name, words) in enumerate(facts_of(view, now)):
            grid.addWidget(PlainLabel(name, role="muted"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(PlainLabel(words, wraps=True), place, 1)
        head = row(
            EnvironmentChip.of(view.connection), PlainLabel(view.connection.name, role="heading"), None, gap=2
        )
        go = Button(tr("Go to connections"), picture="connections", call=self._go)
        body = column(gap=3, margin=4)
        body.addLayout(head)
        body.addLayout(grid)
        body.addLayout(row(None, go))
        self.setLayout(body)
        go.setFocus()

    def _go(self) -> None:
        self.close()
        self.opened.emit()


def facts_of(view: ConnectionView, now: datetime) -> abc.Iterator[tuple[str, str]]:
    """Give a connection's state as pairs of words."""
    connection, org = view.connection, view.connection.org
    yield tr("Product"), view.title
    if org is not None:
        yield tr("Org"), org.name if org.id in org.name else f"{org.name} · {org.id}"
        if org.user:
            yield tr("Signed in as"), org.user
    is_ready = connection.sign_in is SignInState.READY
    yield tr("Sign-in"), tr("signed in") if is_ready else tr("sign-in needed")
    yield (
        tr("Before sending"),
        tr("Read-only: nothing is written") if connection.read_only else SAFETY_WORDS[connection.safety],
    )
    yield tr("Write on save"), tr("on") if connection.write_on_save else tr("off")
    if not view.usage:
        yield tr("Quota"), tr("Not told yet")
    for usage in view.usage:
        yield quota_title(usage.kind), usage_words(usage)
    if view.wait_until is not None and view.wait_until > now:
        yield tr("Waits"), tr("until {when}, as the CRM asked", when=moment(view.wait_until, now=now))
    if view.open_jobs:
        yield tr("Open jobs"), number(view.open_jobs)


def usage_words(usage: Usage) -> str:
    """Say how much of a quota is used."""
    told = tr("{used} of {most} used", used=number(usage.used), most=number(usage.most))
    if usage.most:
        return tr("{told} · {share}\u00a0%", told=told, share=number(share_of(usage)))
    return told


def share_of(usage: Usage) -> int:
    """Give the share of a quota that is used, in percent."""
    return round(100 * usage.used / usage.most) if usage.most else 0

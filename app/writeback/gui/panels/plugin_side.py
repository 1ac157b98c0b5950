"""One plugin: what it is, whose, what it may reach, what it did wrong; and what can be done about it."""

import json

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from writeback.gui.dialogs.reporting import PluginReportDialog
from writeback.gui.i18n import absolute
from writeback.gui.models.plugins import (
    FAULT_WORDS,
    STATUS_PICTURES,
    ability_word,
    status_tone,
    status_word,
    tier_word,
    trust_word,
)
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.facts import Facts, Told
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.plugin_icons import PluginIcon
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import ElidedLabel, PlainLabel
from writeback.runtime.checking_plugins import CheckReport
from writeback.runtime.facade.plugins import PluginCall, PluginFault, PluginInfo
from writeback.runtime.plugins import REFUSED_FOR_GOOD, plain_info
from writeback.runtime.sentences import sentence_of
from writeback.sdk.manifest import API_NEWEST, API_OLDEST

MOST_CALLS = 5
MOST_FAILED = 12
"""So many broken promises are listed; the command tells all."""


class PluginSide(QFrame):
    """The details of the plugin that is chosen.

    Signals:
        allow, disable, remove, check, stop: What a person wants done with it; carries the plugin.
    """

    allow = Signal(object)
    disable = Signal(object)
    remove = Signal(object)
    check = Signal(object)
    stop = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        self._plugin: PluginInfo | None = None
        self._icon = PluginIcon(size=40)
        self._title = ElidedLabel(role="heading")
        self._status = Chip()
        self._about = PlainLabel(role="muted", wraps=True)
        self._why = Banner()
        self._facts = Facts(titles_width=96)
        self._report = PlainLabel(wraps=True)
        self._report.hide()
        self._trace = Told(tr("What Python said"))
        self._trace.hide()
        self._build_acts()
        head = row(gap=3)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = column(self._title, gap=1)
        words.addLayout(row(self._status, None))
        head.addLayout(words, 1)
        body = column(gap=3, margin=(4, 4, 4, 4))
        body.addLayout(head)
        for part in (self._about, self._why):
            body.addWidget(part)
        body.addWidget(Flowing(self._allow, self._disable, self._remove))
        body.addWidget(Flowing(self._check, self._stop, self._tell, self._copy, self._more))
        body.addWidget(self._report)
        body.addWidget(self._trace)
        body.addWidget(self._facts)
        body.addStretch(1)
        self.setLayout(body)

    def _build_acts(self) -> None:
        self._allow = Button(tr("Allow"), kind="primary", call=lambda: self.allow.emit(self._plugin))
        self._disable = Button(tr("Disable"), picture="pause", call=lambda: self.disable.emit(self._plugin))
        self._remove = Button(
            tr("Remove"), picture="trash", kind="danger", call=lambda: self.remove.emit(self._plugin)
        )
        self._check = Button(tr("Check"), picture="check", call=lambda: self.check.emit(self._plugin))
        self._stop = Button(tr("Stop the check"), picture="cancel", call=self.stop.emit)
        self._stop.hide()
        self._copy = Button(tr("Copy diagnostics"), picture="copy", call=self._copy_details)
        self._tell = Button(tr("Report…"), picture="export", call=self._report_it)
        self._more = Button(tr("Show traceback"), kind="quiet", call=self._flip_trace)

    @property
    def plugin(self) -> PluginInfo | None:
        """The plugin that is shown."""
        return self._plugin

    def show_plugin(self, plugin: PluginInfo) -> None:
        """Show one plugin as it is now."""
        is_other = self._plugin is None or self._plugin.id != plugin.id
        self._plugin = plugin
        self.setAccessibleName(plugin.title)
        self._icon.show_svg(plugin.icon)
        self._title.set_text(plugin.title)
        tone = status_tone(plugin)
        self._status.say(status_word(plugin), tone=tone, picture=STATUS_PICTURES[tone])
        self._about.set_text(tr(plugin.description))
        self._about.setVisible(bool(plugin.description))
        self._tell_why(plugin)
        self._facts.show_facts(_facts(plugin))
        self._gate(plugin)
        if is_other:
            self._report.hide()
            self._trace.hide()
        self._show_trace(plugin)

    def show_check(self, report: CheckReport) -> None:
        """Show what the checks said."""
        lines = [
            tr(
                "Reaches {tier}, claims {claimed}. {passed} checks passed, {failed} failed.",
                tier=report.tier,
                claimed=report.claimed,
                passed=report.passed,
                failed=len(report.failed),
            )
        ]
        lines += [f"{one.id}: {one.detail or one.promise}" for one in report.failed[:MOST_FAILED]]
        if len(report.failed) > MOST_FAILED:
            lines.append(tr("The command `writeback plugins check` lists all."))
        self._report.set_text("\n".join(lines))
        self._report.set_tone("ok" if report.is_good else "refused")
        self._report.show()

    def checking(self, *, is_on: bool) -> None:
        """Say whether the checks run."""
        self._check.setVisible(not is_on)
        self._stop.setVisible(is_on)
        if is_on:
            self._report.set_text(tr("The checks run in a process of their own…"))
            self._report.set_tone("muted")
            self._report.show()

    def forget_check(self) -> None:
        """Take away what the checks said."""
        self._report.hide()

    def _tell_why(self, plugin: PluginInfo) -> None:
        if plugin.reason:
            told = sentence_of(plugin.reason, {**dict(plugin.facts), "plugin": plugin.title})
            tone = "error" if status_tone(plugin) == "refused" else "warning"
            self._why.tell(f"{told} ({plugin.reason})", tone=tone, closes=False)
        elif plugin.looks_like:
            told_of = tr(
                "Its name looks like {other}, which belongs to Writeback. It is somebody else's.",
                other=plugin.looks_like,
            )
            self._why.tell(told_of, tone="warning", closes=False)
        else:
            self._why.hide()

    def _gate(self, plugin: PluginInfo) -> None:
        is_refused = plugin.status in {one.value for one in REFUSED_FOR_GOOD}
        can_be_allowed = not plugin.is_usable and not is_refused and plugin.reason != "plugin.safe_start"
        self._allow.setVisible(can_be_allowed)
        self._allow.say(tr("Allow this hash…") if plugin.hash else tr("Switch on"))
        self._disable.setVisible(not can_be_allowed)
        self._disable.gate("" if plugin.is_usable else tr("It does not run."))
        self._remove.gate(
            ""
            if plugin.is_removable
            else tr("It belongs to Writeback itself.")
            if plugin.is_bundled
            else tr("It does not lie in the plugin folder; remove it with what installed it.")
        )
        self._check.gate("" if plugin.is_usable else tr("Only a plugin that may run can be checked."))

    def _show_trace(self, plugin: PluginInfo) -> None:
        last = plugin.strikes[-1].told if plugin.strikes else ""
        text = plugin.traceback or last
        self._trace.show_text(text)
        self._more.setVisible(bool(text))
        if not text:
            self._trace.hide()
        self._more.say(tr("Hide traceback") if self._trace.isVisible() else tr("Show traceback"))

    def _flip_trace(self) -> None:
        self._trace.setVisible(not self._trace.isVisible())
        self._more.say(tr("Hide traceback") if self._trace.isVisible() else tr("Show traceback"))

    def _report_it(self) -> None:
        if self._plugin is not None:
            PluginReportDialog(self._plugin, self.window()).open()

    def _copy_details(self) -> None:
        if self._plugin is not None:
            told = json.dumps(plain_info(self._plugin), indent=1, ensure_ascii=False)
            QGuiApplication.clipboard().setText(told)


def _facts(plugin: PluginInfo) -> list[tuple[str, str]]:
    contract = ""
    if plugin.api is not None:
        is_fit = API_OLDEST <= plugin.api <= API_NEWEST
        contract = (
            tr("{api}, fits", api=plugin.api)
            if is_fit
            else tr(
                "{api}; this Writeback speaks {least} to {most}",
                api=plugin.api,
                least=API_OLDEST,
                most=API_NEWEST,
            )
        )
    return [
        (tr("Version"), plugin.version),
        (tr("Publisher"), plugin.publisher),
        (tr("Trust"), trust_word(plugin)),
        (tr("Quality tier"), tier_word(plugin)),
        (tr("Contract"), contract),
        (tr("Differs"), plugin.differs),
        (tr("Talks to"), "\n".join(plugin.hosts)),
        (tr("Used by"), ", ".join(plugin.used_by)),
        (tr("Objects"), ", ".join(map(tr, plugin.objects))),
        (tr("Abilities"), ", ".join(map(ability_word, plugin.abilities))),
        (tr("Channels"), ", ".join(map(tr, plugin.channels))),
        (tr("Strikes"), "\n".join(_fault(one) for one in plugin.strikes)),
        (tr("Last calls"), "\n".join(_call(one) for one in plugin.calls[:MOST_CALLS])),
        (tr("Icon"), tr("not used: {why}", why=plugin.icon_refused) if plugin.icon_refused else ""),
        (tr("Package"), plugin.distribution),
        (tr("Hash"), plugin.hash),
    ]


def _fault(fault: PluginFault) -> str:
    known = FAULT_WORDS.get(fault.kind)
    return tr("{when}: {what}", when=absolute(fault.at), what=fault.kind if known is None else tr(known))


def _call(one: PluginCall) -> str:
    return tr(
        "{call}: {seconds} s, memory {grew} MB of {all} MB",
        call=one.call,
        seconds=f"{one.seconds:.2f}",
        grew=f"{one.grew / 1e6:+.1f}",
        all=f"{one.resident / 1e6:.0f}",
    )

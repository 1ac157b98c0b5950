"""Pull now, from the mapping screen: the button while it runs, and what came of it."""

from writeback.errors import WritebackError
from writeback.gui.i18n import duration, number
from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.model.integrations import Integration
from writeback.runtime.facade import PullReport


class Pulling:
    """Pulls one integration on behalf of a panel."""

    def __init__(self, panel: Panel, button: Button) -> None:
        self._panel, self._button = panel, button

    def start(self, integration: Integration | None) -> None:
        """Pull an integration; none: nothing happens."""
        if integration is None:
            return
        name = str(integration.id)
        self._button.gate(tr("A pull is running."))
        self._button.say(tr("Pulling…"))
        self._panel.desk.ask(
            self._panel, lambda facade, act: facade.pull(name, act=act), done=self._done, failed=self._failed
        )

    def _ended(self) -> None:
        self._button.gate("")
        self._button.say(tr("Pull now"))

    def _failed(self, error: WritebackError) -> None:
        self._ended()
        self._panel.complain(error)

    def _done(self, report: PullReport) -> None:
        self._ended()
        passed = ", ".join(report.skipped)
        left_out = tr(" Not read, because the CRM changed them: {passed}.", passed=passed) if passed else ""
        self._panel.states.banner.tell(
            tr(
                "%n records read in {seconds}: {added} new, {changed} changed, {gone} "
                "gone, {conflicts} in conflict with pending edits.{left_out}",
                report.read,
                seconds=duration(report.seconds),
                added=number(report.added),
                changed=number(report.changed),
                gone=number(report.gone),
                conflicts=number(report.conflicts),
                left_out=left_out,
            ),
            tone="warning" if passed else "ok",
            act=tr("Show accounts"),
            call=lambda: self._panel.asked.emit("accounts", None),
        )

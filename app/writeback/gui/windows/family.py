"""The window's children, worker and serve: where each stands; a banner when one, or a plugin in it, fails."""

from collections import abc

from PySide6.QtCore import QObject, Signal

from writeback.gui.children import Child, ChildState
from writeback.gui.translating import tr
from writeback.gui.widgets.states import Banner


class Family(QObject):
    """The children of one window.

    Signals:
        changed: A child stands elsewhere now; carries its name and its ChildState.
    """

    changed = Signal(str, object)

    def __init__(
        self, banner: Banner, *, go: abc.Callable[[str, object], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._go = go
        self._banner = banner
        self._children: dict[str, Child] = {}

    def watch(self, child: Child) -> None:
        """Show where a child stands, and say so when it stays off."""
        self._children[child.name] = child
        child.changed.connect(lambda state: self.tell(child.name, state))

    def tell(self, name: str, state: ChildState) -> None:
        """A child started, died or stays off."""
        self.changed.emit(name, state)
        if state is ChildState.OFF and self._banner.window().isVisible():
            what = {
                "worker": tr("The worker stopped three times within a minute and stays off. Jobs wait."),
                "serve": tr("The helper that saves edits stopped three times within a minute and stays off."),
            }.get(name, tr("{name} stays off.", name=name))
            self._banner.tell(what, tone="error", act=tr("Start again"), call=lambda: self.start_again(name))

    def plugin_failed(self, plugin: str, kind: str = "raised") -> None:
        """Name the plugin that went wrong; whatever else there is goes on."""
        what = {
            "raised": tr("it failed in the middle of its work"),
            "hung": tr("it did not answer and was ended"),
            "crashed": tr("it ended the process that it ran in; plugins of others are off"),
        }[kind]
        self._banner.tell(
            tr("The plugin {plugin} went wrong: {what}. The rest works.", plugin=plugin, what=what),
            tone="error",
            act=tr("Show the plugin"),
            call=lambda: self._go("plugins", plugin),
        )

    def wake_worker(self) -> None:
        """Tell the worker that there is something to do."""
        if "worker" in self._children:
            self._children["worker"].wake()

    def start_again(self, name: str) -> None:
        """Start a child that stayed off."""
        self._banner.hide()
        if name in self._children:
            self._children[name].start()

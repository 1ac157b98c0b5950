"""What hangs on a connection: integrations, jobs, limits, exchanges. Each is built and read when seen."""

from collections import abc
from functools import cached_property
from typing import Any

from PySide6.QtWidgets import QLineEdit, QTabWidget, QWidget

from writeback.errors import WritebackError
from writeback.gui.i18n import number
from writeback.gui.models.connections import integrations_model, jobs_model, limits_model
from writeback.gui.models.jobs import exchanges_model
from writeback.gui.models.tables import ListModel, SpecModel
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.facts import Told
from writeback.gui.widgets.layouts import boxed, column, row
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel, gate, one_line
from writeback.model.schedules import PullSchedule
from writeback.runtime.facade.guards import LimitView
from writeback.runtime.job_views import ExchangeView
from writeback.runtime.views import ConnectionView

HEIGHT = 176
Complain = abc.Callable[[WritebackError], None]


class ConnectionTabs(QTabWidget):
    """The four tabs of a card."""

    def __init__(
        self,
        desk: Desk,
        *,
        ask_for: abc.Callable[[str, object], None],
        complain: Complain,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._ask_for, self._complain = desk, ask_for, complain
        self._view: ConnectionView | None = None
        self.setDocumentMode(True)
        self.integrations = integrations_model(self._drifted, desk.now, self._pulls_of)
        self.jobs = jobs_model(desk.now)
        self.exchanges = exchanges_model()
        self._lacks = ""
        self._objects = _table(tr("Integrations"), self.integrations)
        self._objects.chosen.connect(lambda _row: self._open_mapping())
        self.addTab(self._integrations_page(), tr("Integrations"))
        self._places = [column(gap=0) for _later in range(3)]
        titles = (tr("Jobs"), tr("Limits"), tr("Exchanges"))
        for place, title in zip(self._places, titles, strict=True):
            self.addTab(boxed(place), title)
        self.setFixedHeight(HEIGHT + 60)
        self.currentChanged.connect(lambda _place: self.read_tab())

    @cached_property
    def _work(self) -> Table:
        made = _table(tr("Jobs of this connection"), self.jobs)
        made.chosen.connect(self._open_job)
        self._places[0].addWidget(made)
        return made

    @cached_property
    def limits(self) -> "LimitsPage":
        """What a plan may do through the connection."""
        made = LimitsPage(self._desk, complain=self._complain)
        made.lacks = self._lacks
        if self._view is not None:
            made.show_connection(str(self._view.connection.id), self._view.connection.name)
        self._places[1].addWidget(made)
        return made

    @cached_property
    def wire(self) -> "ExchangesPage":
        """What went over the wire."""
        made = ExchangesPage(self.exchanges)
        self._places[2].addWidget(made)
        return made

    def show_view(self, view: ConnectionView, *, lacks: str) -> None:
        """Show one connection as it is now; `lacks` is why its limits cannot be changed, if so."""
        self._view, self._lacks = view, lacks
        name = view.connection.name
        self.setAccessibleName(tr("What hangs on {name}", name=name))
        self.integrations.show_rows(view.integrations)
        self._none.setVisible(not view.integrations)
        self._objects.setVisible(bool(view.integrations))
        self.setTabText(0, tr("Integrations ({count})", count=number(len(view.integrations))))
        self.setTabText(
            1, tr("Jobs ({count} open)", count=number(view.open_jobs)) if view.open_jobs else tr("Jobs")
        )
        if "limits" in self.__dict__:
            self.limits.lacks = lacks
            self.limits.show_connection(str(view.connection.id), name)
        if self.currentIndex() > 0:
            self.read_tab()

    def read_tab(self) -> None:
        """Read what the tab in front shows."""
        if self._view is None:
            return
        name = str(self._view.connection.id)
        match self.currentIndex():
            case 1:
                self._work.show()  # built with the first look
                self._desk.read(
                    self,
                    lambda reads: reads.connection_jobs(name),
                    done=self.jobs.show_rows,
                    failed=self._complain,
                )
            case 2:
                self.limits.read()
            case 3:
                self._desk.read(
                    self,
                    lambda reads: reads.connection_exchanges(name),
                    done=self.wire.show_exchanges,
                    failed=self._complain,
                )
            case _:
                pass

    def _integrations_page(self) -> QWidget:
        self._none = PlainLabel(
            tr("No object is mapped yet. An integration pulls one object into accounts or users."),
            role="muted",
            wraps=True,
        )
        add = Button(tr("Objects & mapping"), picture="mapping", call=self._open_mapping)
        page = column(self._none, gap=2, margin=(0, 2, 0, 0))
        page.addWidget(self._objects, 1)
        page.addLayout(row(add, None))
        return boxed(page)

    def _drifted(self) -> abc.Collection[str]:
        return self._view.drifted if self._view is not None else ()

    def _pulls_of(self, integration: str) -> PullSchedule | None:
        return self._view.pulls_of(integration) if self._view is not None else None

    def _open_mapping(self) -> None:
        if self._view is None:
            return
        chosen = self.integrations.row_at(self._objects.currentIndex().row())
        self._ask_for("mapping", chosen.id if chosen is not None else self._view.connection.id)

    def _open_job(self, place: int) -> None:
        chosen = self.jobs.row_at(place)
        if chosen is not None:
            self._ask_for("jobs", str(chosen.id))


class ExchangesPage(QWidget):
    """Requests and answers, redacted: the list, and the one that is chosen, side by side."""

    def __init__(self, model: ListModel[ExchangeView], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.table = _table(tr("Exchanges of this connection"), self._model)
        self.request = Told(tr("Request"), height=HEIGHT // 2)
        self.answer = Told(tr("Answer"), height=HEIGHT // 2)
        self._none = PlainLabel(tr("Nothing went over the wire yet, or it was tidied away."), role="muted")
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._choose())
        both = row(gap=2)
        both.addWidget(self.table, 1)
        both.addLayout(column(self.request, self.answer, gap=1), 1)
        page = column(self._none, gap=1, margin=(0, 2, 0, 0))
        page.addLayout(both)
        self.setLayout(page)

    def show_exchanges(self, exchanges: tuple[ExchangeView, ...]) -> None:
        """Show what went over the wire."""
        self._model.show_rows(exchanges)
        self._none.setVisible(not exchanges)
        for part in (self.table, self.request, self.answer):
            part.setVisible(bool(exchanges))
        if exchanges and not self.table.currentIndex().isValid():
            self.table.go_to(0)

    def _choose(self) -> None:
        chosen = self._model.row_at(self.table.currentIndex().row())
        if chosen is not None:
            self.request.show_text(f"{chosen.method} {chosen.url}\n{chosen.request}")
            self.answer.show_text(chosen.answer)


class LimitsPage(QWidget):
    """What a plan may do through this connection, and the share of the quota that is kept for people."""

    def __init__(self, desk: Desk, *, complain: Complain, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._complain = desk, complain
        self._connection = ""
        self.lacks = ""
        self.model = limits_model()
        self.table = _table(tr("Limits"), self.model)
        self.value = QLineEdit()
        self.value.setMaximumWidth(120)
        self.value.setAccessibleName(tr("Value of the limit"))
        self.value.setPlaceholderText(tr("a number"))
        self.value.returnPressed.connect(self._set)
        self._set_it = Button(tr("Set"), call=self._set)
        self._off = Button(tr("Switch off"), call=lambda: self._change(None))
        self._back = Button(tr("As the workspace"), picture="undo", call=self._forget)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._choose())
        page = column(gap=2, margin=(0, 2, 0, 0))
        page.addWidget(self.table, 1)
        page.addLayout(row(self.value, self._set_it, self._off, self._back, None))
        self.setLayout(page)

    def show_connection(self, connection: str, name: str) -> None:
        """Show the limits of another connection once they are read."""
        self._connection = connection
        self.table.setAccessibleName(tr("Limits of {name}", name=one_line(name)))

    def read(self) -> None:
        """Ask for the limits in force."""
        self._desk.ask(
            self,
            lambda facade, _act: facade.guard_limits(self._connection),
            done=self._show,
            failed=self._complain,
        )

    def _show(self, limits: tuple[LimitView, ...]) -> None:
        place = self.table.currentIndex().row()
        self.model.show_rows(sorted(limits, key=lambda one: one.name != "reserve"))
        self.table.go_to(max(place, 0))
        self._choose()

    def _choose(self) -> None:
        chosen = self.model.row_at(self.table.currentIndex().row())
        if chosen is None:
            return
        self.value.setText("" if chosen.value is None else f"{chosen.value:g}")
        gate(self.value, self.lacks)
        self._set_it.gate(self.lacks)
        self._off.gate(self.lacks or (tr("It is off already.") if chosen.value is None else ""))
        own = chosen.source == "connection"
        self._back.gate(self.lacks or ("" if own else tr("Nothing was set for this connection.")))

    def _set(self) -> None:
        try:
            self._change(float(self.value.text().strip().replace(",", ".")))
        except ValueError:
            self.value.setFocus()
            self.value.selectAll()

    def _change(self, value: float | None) -> None:
        chosen = self.model.row_at(self.table.currentIndex().row())
        if chosen is None:
            return
        limits = ((chosen.name, value),)
        self._desk.ask(
            self,
            lambda facade, act: facade.set_guard_limits(self._connection, limits, act=act),
            done=self._show,
            failed=self._complain,
        )

    def _forget(self) -> None:
        chosen = self.model.row_at(self.table.currentIndex().row())
        if chosen is None:
            return
        self._desk.ask(
            self,
            lambda facade, act: facade.set_guard_limits(self._connection, (), forget=(chosen.name,), act=act),
            done=self._show,
            failed=self._complain,
        )


def _table(name: str, model: SpecModel[Any]) -> Table:
    made = Table(name)
    made.dress(model, [spec.width for spec in model.specs])
    return made

"""The people of account assignment: who is who in which CRM; who somebody is, is chosen here."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from writeback.gui.dialogs.choosing import ChooseDialog
from writeback.gui.models.people import Whom, candidate_of, fitting, match_of, people_model
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import one_line
from writeback.model.people import PersonKind
from writeback.runtime.facade.people import DirectoryView, PersonMatch, PersonView, RoleView

SHOWS = (
    mark("Everybody"),
    mark("In a role, unmatched"),
    mark("Ambiguous or not decided"),
    mark("Inactive"),
    mark("Teams and queues"),
)
UNMATCHED, AMBIGUOUS = 1, 2


class PeoplePage(QWidget):
    """The directory.

    Signals:
        moved: Another line is chosen.
        matched: Somebody's user was chosen; carries words to tell.
    """

    moved = Signal()
    matched = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._view: DirectoryView | None = None
        self._unmatched: frozenset[str] = frozenset()
        self.model = people_model(None)
        self.table = Table(tr("People"), by_row=False)
        self.table.chosen.connect(lambda _row: self.match_person())
        self._dress()
        self.search = QLineEdit()
        self.search.setAccessibleName(tr("Search people"))
        self.search.setPlaceholderText(tr("Search a name, an e-mail, a user"))
        clearable(self.search)
        self.search.textChanged.connect(lambda _text: self._show_lines())
        self.shows = QComboBox()
        self.shows.setAccessibleName(tr("Whom to show"))
        self.shows.addItems([tr(word) for word in SHOWS])
        self.shows.currentIndexChanged.connect(lambda _place: self._show_lines())
        body = column(gap=3)
        body.addLayout(row(self.search, self.shows))
        body.addWidget(self.table, 1)
        self.setLayout(body)

    def show_people(self, view: DirectoryView, roles: abc.Iterable[RoleView]) -> None:
        """Show a directory; the columns follow the CRMs whose users were read."""
        is_fresh = self._view is None or self._view.sources != view.sources
        self._view = view
        self._unmatched = frozenset(name for role in roles for name in role.unmatched)
        if is_fresh:
            self.model = people_model(view)
            self._dress()
        self._show_lines()

    def show_only(self, place: int) -> None:
        """Show one of the kinds of people."""
        self.search.clear()
        self.shows.setCurrentIndex(place)

    @property
    def current(self) -> PersonView | None:
        """The chosen team member."""
        return self.model.row_at(self.table.currentIndex().row())

    @property
    def sources(self) -> tuple[str, ...]:
        """The connections whose users were read, in the order of their columns."""
        every = self._view.sources if self._view is not None else ()
        return tuple(str(one.connection_id) for one in every if one.pulled_at is not None)

    def match_person(self) -> None:
        """Choose who the chosen team member is: in the CRM of the chosen column, else where it is open."""
        person, sources = self.current, self.sources
        if person is None or not sources or self._view is None:
            return
        place = self.table.currentIndex().column() - (len(self.model.specs) - len(sources))
        unsure = [name for name in sources if (one := match_of(person, name)) and one.state != "matched"]
        connection = sources[place] if place >= 0 else next(iter((*unsure, *sources)))
        match = match_of(person, connection)
        if match is not None:
            self._choose(person, match, users_of(self._view, connection))

    def _choose(self, person: PersonView, match: PersonMatch, found: list[Whom]) -> None:
        self.chooser = ChooseDialog(
            tr(
                "Who is {person} in {connection}?",
                person=one_line(person.name),
                connection=one_line(match.connection),
            ),
            tr("What you choose is remembered: it holds for every record and every later reading of users."),
            act=tr("Choose this user"),
            nobody=tr("None of them") if match.user is not None else "",
            parent=self.window(),
        )
        chooser = self.chooser
        alike = {user.id for user in match.candidates}
        chooser.searched.connect(lambda text: chooser.show_candidates(fitting(found, text)))
        chooser.chosen.connect(lambda one: self._match(person, match, one))
        chooser.show_candidates([one for one in found if one.candidate.id in alike] or found)
        chooser.open()

    def _match(self, person: PersonView, match: PersonMatch, one: Whom | None) -> None:
        user = one.candidate.id if one is not None else ""
        author, connection = self._desk.author, str(match.connection_id)
        self._desk.ask(
            self,
            lambda facade, act: facade.match_person(person.id, connection, user=user, author=author, act=act),
            done=self._done,
            failed=self.chooser.banner.tell_error,
        )

    def _done(self, person: PersonView) -> None:
        self.chooser.accept()
        self.matched.emit(tr("{person} is matched.", person=one_line(person.name)))

    def _dress(self) -> None:
        self.table.dress(self.model, [spec.width for spec in self.model.specs], spare=(1,))
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self.moved.emit())

    def _show_lines(self) -> None:
        if self._view is None:
            return
        words = self.search.text().casefold().split()
        wanted: tuple[abc.Callable[[PersonView], bool], ...] = (
            lambda _one: True,
            lambda one: one.id in self._unmatched,
            lambda one: any(match.state == "ambiguous" for match in one.matches),
            lambda one: not one.active or any(match.state == "inactive" for match in one.matches),
            lambda one: one.kind is not PersonKind.PERSON,
        )
        is_shown = wanted[max(self.shows.currentIndex(), 0)]
        self.model.show_rows(
            one for one in self._view.people if is_shown(one) and all(word in _words(one) for word in words)
        )
        self.moved.emit()


def users_of(view: DirectoryView, connection: str) -> list[Whom]:
    """Give all users of a CRM with whose they are, those of nobody first."""
    free = [Whom(candidate_of(user)) for user in view.unclaimed if user.connection_id == connection]
    held = [
        Whom(candidate_of(match.user), person.name)
        for person in view.people
        if (match := match_of(person, connection)) is not None and match.user is not None
    ]
    return free + held


def _words(one: PersonView) -> str:
    users = " ".join(f"{match.user.title} {match.user.email}" for match in one.matches if match.user)
    return f"{one.name} {one.email} {one.id} {users}".casefold()

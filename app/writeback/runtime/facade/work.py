"""Insight forms, and tasks that ask for them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from writeback.model.forms import InsightForm
from writeback.model.reports import EditAnswer
from writeback.model.tasks import Task
from writeback.model.types import RecordId


@dataclass(frozen=True, slots=True)
class Filling:
    """What somebody typed into a form on a record."""

    form: str
    record: RecordId
    values: tuple[tuple[str, str | None], ...]
    """Attributes with what was typed; None clears."""
    author: str
    send: bool = False
    """Send now, whatever the connections do on save."""
    confirm_org: str = ""
    """With `send`: the org's name, where a safety level asks for it."""
    seen: tuple[tuple[str, str | None], ...] = ()
    """What the form showed of attributes, as a person would type it: what somebody changed meanwhile is
    refused and told, so that nobody writes over what they never saw. Left out: not asked."""


@dataclass(frozen=True, slots=True)
class TaskWish:
    """A task to be made."""

    record: RecordId
    title: str
    author: str
    assignee: str = ""
    due: date | None = None
    form: str = ""
    origin: str = ""
    """The SuccessPlay that makes it."""


@dataclass(frozen=True, slots=True)
class Completion:
    """How somebody completed a task."""

    number: int
    author: str
    outcome: str = ""
    notes: str = ""
    values: tuple[tuple[str, str | None], ...] = ()
    """What its form was filled with."""
    send: bool = False
    confirm_org: str = ""
    writes: bool = True
    """False: the form is left unfilled, whatever it requires."""
    seen: tuple[tuple[str, str | None], ...] = ()
    """As of a `Filling`."""
    versions: tuple[tuple[int, int], ...] = ()
    """By number: the version of the task that was looked at. Left out: not asked."""


@dataclass(frozen=True, slots=True)
class Completed:
    """What became of a completion."""

    task: Task
    """Still open where a value was refused; outcome and notes are kept all the same."""
    answers: tuple[EditAnswer, ...]
    """One a value. A CRM that cannot be asked completes the task all the same: its values wait as drafts,
    with the reason."""


class WorkCalls(Protocol):
    """Insight forms, and tasks; reading them is `runtime.forming` and `runtime.tasking`."""

    def save_form(
        self, form: InsightForm, *, author: str = "", base: datetime | None = None, act: str
    ) -> InsightForm:
        """Keep a form in place of an earlier one of the same name.

        Args:
            form: The form.
            author: Who keeps it.
            base: What was changed, by the moment at which that was saved; `designs.NOT_THERE` a new one, None
                whatever is there.
            act: The act's id.

        Raises:
            ConfigurationError: `design.…`: somebody changed it meanwhile. `form.…`: name, size, or a field
                that is asked for twice. Nothing was kept.
            UnknownAttributeError: It asks for an attribute that there is not.
            NotPermittedError: Needs the right *configure mappings*.
        """

    def publish_form(self, name: str, *, is_published: bool, author: str = "", act: str) -> None:
        """Offer a form to people, or take it back.

        Raises:
            ConfigurationError: There is none of that name.
            NotPermittedError: Needs the right *configure mappings*.
        """

    def remove_form(self, name: str, *, act: str) -> None:
        """Delete a form; what was filled with it stays.

        Raises:
            ConfigurationError: There is none of that name, or open tasks ask for it.
            NotPermittedError: Needs the right *configure mappings*.
        """

    def fill_form(self, filling: Filling, *, act: str) -> tuple[EditAnswer, ...]:
        """Fill a form on a record: all values become one act, or none and each reason is told.

        Raises:
            ConfigurationError: The form is none, not published, or for other records.
            NotPermittedError: Needs the right *edit*, and the form may be for other people.
        """

    def try_form(self, filling: Filling) -> tuple[EditAnswer, ...]:
        """Say what filling a form would do, published or not; nothing is kept.

        Raises:
            ConfigurationError: The form is none, or for other records.
            NotPermittedError: Needs the right *configure mappings*.
        """

    def add_task(self, wish: TaskWish, *, act: str) -> Task:
        """Make a task; by the same act again it is the same task.

        Raises:
            ConfigurationError: It has no title, or asks for a form that is not for these records, or that
                is not published.
            NotPermittedError: Needs the right *edit*.
        """

    def change_task(
        self,
        number: int,
        *,
        assignee: str | None = None,
        due: date | None = None,
        snoozed_until: date | None = None,
        author: str = "",
        version: int = 0,
        act: str,
    ) -> Task:
        """Give a task to somebody else, or put it off; what is None stays.

        Args:
            number: The task's.
            assignee: Who has to do it now.
            due: Until when.
            snoozed_until: Not due before.
            author: Who says so.
            version: Which version of the task was looked at; 0: whichever is there.
            act: The act's id.

        Raises:
            ConfigurationError: There is no such task, it is done, or somebody changed it meanwhile.
        """

    def complete_task(self, completion: Completion, *, act: str) -> Completed:
        """Complete a task, and save what its form was filled with through the edit service.

        By the same act again nothing is done twice, however far the first time came.

        Raises:
            ConfigurationError: There is no such task, it is done, or somebody changed it meanwhile.
            NotPermittedError: Needs the right *edit*, and its form may be for other people.
        """

    def complete_tasks(
        self, numbers: tuple[int, ...], completion: Completion, *, act: str
    ) -> tuple[Completed, ...]:
        """Complete tasks that ask for the same form alike: one act, however many records it is about.

        Those of which a value was refused stay open, with outcome and notes; the others are done.

        Args:
            numbers: The tasks, in the order of the answers.
            completion: How; its own number is not looked at.
            act: The act's id.

        Raises:
            ConfigurationError: One is none, done or was changed meanwhile, or they ask for different forms;
                nothing was kept.
            NotPermittedError: Needs the right *edit*, and their form may be for other people.
        """

    def reopen_task(self, number: int, *, author: str = "", version: int = 0, act: str) -> Task:
        """Open a task that was done; what it wrote stays, and its jobs can be undone.

        Raises:
            ConfigurationError: There is no such task, it is open, or somebody changed it meanwhile.
        """

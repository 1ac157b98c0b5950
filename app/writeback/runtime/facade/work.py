"""Insight forms, and tasks that ask for them."""

from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True)
class Completed:
    """What became of a completion."""

    task: Task
    """Still open where a value was refused; outcome and notes are kept all the same."""
    answers: tuple[EditAnswer, ...]


class WorkCalls(Protocol):
    """Insight forms, and tasks; reading them is `runtime.forming` and `runtime.tasking`."""

    def save_form(self, form: InsightForm, *, author: str = "", act: str) -> InsightForm:
        """Keep a form in place of an earlier one of the same name.

        Raises:
            ConfigurationError: `form.…`: name, size, or a field that is asked for twice; nothing was kept.
            UnknownAttributeError: It asks for an attribute that there is not.
            NotPermittedError: Needs the right *configure mappings*.
        """

    def publish_form(self, name: str, *, is_published: bool, act: str) -> None:
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
            NotPermittedError: Needs the right *edit*.
        """

    def add_task(self, wish: TaskWish, *, act: str) -> Task:
        """Make a task.

        Raises:
            ConfigurationError: It has no title, or asks for a form that is not for these records.
            NotPermittedError: Needs the right *edit*.
        """

    def change_task(
        self,
        number: int,
        *,
        assignee: str | None = None,
        due: date | None = None,
        snoozed_until: date | None = None,
        act: str,
    ) -> Task:
        """Give a task to somebody else, or put it off; what is None stays.

        Raises:
            ConfigurationError: There is no such task, or it is done.
        """

    def complete_task(self, completion: Completion, *, act: str) -> Completed:
        """Complete a task, and save what its form was filled with through the edit service.

        Raises:
            ConfigurationError: There is no such task, or it is done.
            NotPermittedError: Needs the right *edit*.
        """

    def reopen_task(self, number: int, *, act: str) -> Task:
        """Open a task that was done; what it wrote stays, and its jobs can be undone.

        Raises:
            ConfigurationError: There is no such task, or it is open.
        """

"""What asks for an insight form: open tasks, and SuccessPlays that make such tasks."""

from collections import abc
from dataclasses import dataclass

from writeback.model.plays import Play
from writeback.model.tasks import Task


@dataclass(frozen=True, slots=True)
class FormUse:
    """One task, or one play."""

    name: str
    """The task's title, or the play's name."""
    number: int = 0
    """The task's; 0: it is a play."""


def uses_of(tasks: abc.Iterable[Task], plays: abc.Iterable[Play]) -> dict[str, tuple[FormUse, ...]]:
    """Give what asks for each form, by its folded name: plays first, then tasks in their order."""
    found: dict[str, list[FormUse]] = {}
    for play in plays:
        for form in dict.fromkeys(step.form.casefold() for step in play.steps if step.form):
            found.setdefault(form, []).append(FormUse(play.name))
    for task in tasks:
        if task.form:
            found.setdefault(task.form.casefold(), []).append(FormUse(task.title, task.number))
    return {form: tuple(uses) for form, uses in found.items()}

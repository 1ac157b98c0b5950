"""Every action is data: menus, toolbar, palette and shortcut sheet are built from these rows.

`reason` says why an action cannot be taken now ('' = it can); the words end up in the tip, in the
accessible description and in the palette.
"""

from collections import abc
from dataclasses import dataclass
from typing import Protocol

from writeback.runtime.views import Pulse


class Shell(Protocol):
    """What an action may ask of the window."""

    def go(self, screen: str, subject: object = None) -> None:
        """Show a screen."""

    def do(self, what: str) -> None:
        """Do something that the front screen or the window knows by this name."""


@dataclass(frozen=True, slots=True)
class Context:
    """What enablement looks at."""

    screen: str
    pulse: Pulse
    abilities: frozenset[str] = frozenset()
    """What the front screen can do now."""


def always(_context: Context) -> str:
    """Enabled everywhere."""
    return ""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do."""

    id: str
    title: str
    menu: str
    call: abc.Callable[[Shell], None]
    picture: str = ""
    shortcut: str = ""
    reason: abc.Callable[[Context], str] = always
    aliases: tuple[str, ...] = ()
    """Other words by which the palette finds it."""


def goes(screen: str) -> abc.Callable[[Shell], None]:
    """Make a call that shows a screen."""
    return lambda shell: shell.go(screen)


def does(what: str) -> abc.Callable[[Shell], None]:
    """Make a call that the front screen answers."""
    return lambda shell: shell.do(what)


def can(what: str, else_say: str) -> abc.Callable[[Context], str]:
    """Make an enablement: the front screen offers it, or the sentence says why not."""
    return lambda context: "" if what in context.abilities else else_say


def has_drafts(context: Context) -> str:
    """Enabled while there are drafts."""
    return "" if context.pulse.drafts else "There are no pending edits."


MENUS = ("File", "Edit", "View", "Record", "Send", "Jobs", "Help")

ACTIONS: tuple[Action, ...] = (
    Action(
        "file.connect",
        "Connect a CRM…",
        "File",
        does("connect"),
        picture="plus",
        aliases=("sign in", "connector"),
    ),
    Action("file.open", "Open workspace…", "File", does("open"), picture="folder", shortcut="Ctrl+O"),
    Action("file.demo", "Try the demo workspace", "File", does("demo"), picture="demo"),
    Action("file.quit", "Quit", "File", does("quit"), shortcut="Ctrl+Q"),
    Action(
        "edit.cell",
        "Edit cell",
        "Edit",
        does("edit"),
        picture="pencil",
        shortcut="F2",
        reason=can("edit", "Choose a cell that can be edited."),
    ),
    Action(
        "edit.clear",
        "Clear value",
        "Edit",
        does("clear"),
        reason=can("clear", "Choose a cell that can be edited."),
    ),
    Action(
        "edit.discard",
        "Discard pending edits of this record",
        "Edit",
        does("discard"),
        picture="trash",
        reason=can("discard", "The chosen record has no pending edits."),
    ),
    Action("edit.find", "Find in screen", "Edit", does("find"), picture="search", shortcut="Ctrl+F"),
    Action("view.palette", "Command palette…", "View", does("palette"), picture="search", shortcut="Ctrl+K"),
    Action("view.inspector", "Inspector", "View", does("inspector"), picture="info", shortcut="F9"),
    Action("view.next_region", "Next region", "View", does("next_region"), shortcut="F6"),
    Action("view.previous_region", "Previous region", "View", does("previous_region"), shortcut="Shift+F6"),
    Action("view.light", "Light theme", "View", does("light"), picture="theme"),
    Action("view.dark", "Dark theme", "View", does("dark"), picture="theme"),
    Action("view.contrast", "High contrast theme", "View", does("contrast"), picture="theme"),
    Action(
        "assignment.read",
        "Read users of the CRMs",
        "Record",
        does("read_users"),
        picture="pull",
        reason=can("read_users", "Open Account assignment first."),
        aliases=("people", "owners"),
    ),
    Action(
        "assignment.add",
        "Add a role…",
        "Record",
        does("add_role"),
        picture="plus",
        reason=can("add_role", "Open Account assignment first."),
    ),
    Action(
        "assignment.change",
        "Change role…",
        "Record",
        does("open_role"),
        picture="pencil",
        reason=can("open_role", "Choose a role under Account assignment."),
        aliases=("reference type",),
    ),
    Action(
        "assignment.match",
        "Who is this in the CRM…",
        "Record",
        does("match_person"),
        picture="question",
        reason=can("match_person", "Choose a team member under Account assignment."),
        aliases=("match people",),
    ),
    Action(
        "assignment.forget",
        "Forget remembered choice",
        "Record",
        does("forget_choice"),
        picture="trash",
        reason=can("forget_choice", "Choose a remembered choice under Account assignment."),
    ),
    Action(
        "send.meaning",
        "Choose what is meant…",
        "Send",
        does("choose_meaning"),
        picture="question",
        reason=can("choose_meaning", "Choose a row that is blocked by a reference that is unclear."),
        aliases=("not found", "ambiguous", "inactive", "candidates"),
    ),
    Action(
        "record.open",
        "Open account",
        "Record",
        does("open_record"),
        picture="profile",
        shortcut="Ctrl+Shift+O",
        reason=can("open_record", "Choose a record first."),
    ),
    Action(
        "record.next_mark",
        "Next marked cell",
        "Record",
        does("next_mark"),
        shortcut="F7",
        reason=can("next_mark", "Marked cells are in the accounts grid."),
    ),
    Action(
        "record.previous_mark",
        "Previous marked cell",
        "Record",
        does("previous_mark"),
        shortcut="Shift+F7",
        reason=can("next_mark", "Marked cells are in the accounts grid."),
    ),
    Action(
        "record.keep_mine",
        "Keep mine",
        "Record",
        does("keep_mine"),
        picture="pencil",
        shortcut="Ctrl+Shift+M",
        reason=can("settle", "Choose a value that is in conflict."),
        aliases=("resolve conflict",),
    ),
    Action(
        "record.keep_theirs",
        "Keep what is in the CRM",
        "Record",
        does("keep_theirs"),
        picture="pull",
        shortcut="Ctrl+Shift+K",
        reason=can("settle", "Choose a value that is in conflict."),
        aliases=("resolve conflict", "keep theirs"),
    ),
    Action(
        "record.pull",
        "Pull from the CRM",
        "Record",
        does("pull"),
        picture="pull",
        shortcut="F5",
        reason=can("pull", "There is no integration to pull yet."),
    ),
    Action(
        "record.filter",
        "Filter of the object…",
        "Record",
        does("filter"),
        picture="filter",
        shortcut="Ctrl+Shift+F",
        reason=can("filter", "Open Objects & mapping first."),
        aliases=("query", "condition", "which records"),
    ),
    Action(
        "record.preview",
        "Preview of a pull…",
        "Record",
        does("preview"),
        picture="search",
        reason=can("preview", "Open Objects & mapping first."),
        aliases=("look", "sample"),
    ),
    Action(
        "send.review",
        "Review pending edits…",
        "Send",
        goes("review"),
        picture="send",
        shortcut="Ctrl+Return",
        reason=has_drafts,
    ),
    Action("jobs.show", "Show running job", "Jobs", goes("jobs"), shortcut="Ctrl+J"),
    Action(
        "jobs.pause",
        "Pause or resume job",
        "Jobs",
        does("pause"),
        picture="pause",
        shortcut="Ctrl+Shift+P",
        reason=can("pause", "Choose a job that is at work."),
    ),
    Action(
        "jobs.cancel",
        "Cancel job",
        "Jobs",
        does("cancel"),
        picture="cancel",
        reason=can("cancel", "Choose a job that is not finished."),
    ),
    Action(
        "jobs.retry",
        "Retry refused rows…",
        "Jobs",
        does("retry"),
        picture="retry",
        reason=can("retry", "The chosen job has no refused rows."),
    ),
    Action(
        "jobs.undo",
        "Undo job…",
        "Jobs",
        does("undo"),
        picture="undo",
        reason=can("undo", "Choose a finished job that wrote something."),
    ),
    Action(
        "jobs.export",
        "Export results…",
        "Jobs",
        does("export"),
        picture="export",
        reason=can("export", "Choose a job first."),
    ),
    Action("help.keys", "Keys", "Help", does("keys"), picture="info", shortcut="F1"),
    Action("help.about", "About Writeback", "Help", does("about"), picture="info"),
)


def by_id(identifier: str) -> Action:
    """Give one action."""
    return next(action for action in ACTIONS if action.id == identifier)

"""Every action is data: menus, toolbar, palette and shortcut sheet are built from these rows.

`reason` says why an action cannot be taken now ('' = it can); the words end up in the tip, in the
accessible description and in the palette.
"""

from collections import abc
from dataclasses import dataclass
from typing import Protocol

from writeback.gui.translating import mark, tr
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
    more_keys: tuple[str, ...] = ()
    """Keys beside its own, where people look for it; they stay."""


def goes(screen: str) -> abc.Callable[[Shell], None]:
    """Make a call that shows a screen."""
    return lambda shell: shell.go(screen)


def does(what: str) -> abc.Callable[[Shell], None]:
    """Make a call that the front screen answers."""
    return lambda shell: shell.do(what)


def can(what: str, else_say: str) -> abc.Callable[[Context], str]:
    """Make an enablement: the front screen offers it, or the sentence says why not."""
    return lambda context: "" if what in context.abilities else tr(else_say)


def has_drafts(context: Context) -> str:
    """Enabled while there are drafts."""
    return "" if context.pulse.drafts else tr("There are no pending edits.")


MENUS = (mark("File"), mark("Edit"), mark("View"), mark("Record"), mark("Send"), mark("Jobs"), mark("Help"))

ACTIONS: tuple[Action, ...] = (
    Action(
        "file.connect",
        mark("Connect a CRM…"),
        mark("File"),
        does("connect"),
        picture="plus",
        aliases=(mark("sign in"), mark("connector")),
    ),
    Action(
        "file.open", mark("Open workspace…"), mark("File"), does("open"), picture="folder", shortcut="Ctrl+O"
    ),
    Action("file.demo", mark("Try the demo workspace"), mark("File"), does("demo"), picture="demo"),
    Action("file.quit", mark("Quit"), mark("File"), does("quit"), shortcut="Ctrl+Q"),
    Action(
        "edit.undo",
        mark("Undo edit"),
        mark("Edit"),
        does("undo_edit"),
        picture="undo",
        shortcut="Ctrl+Z",
        reason=can("undo_edit", mark("Nothing was edited here in this session.")),
    ),
    Action(
        "edit.redo",
        mark("Redo edit"),
        mark("Edit"),
        does("redo_edit"),
        shortcut="Ctrl+Y",
        reason=can("redo_edit", mark("No edit was undone.")),
    ),
    Action(
        "edit.paste",
        mark("Paste block"),
        mark("Edit"),
        does("paste"),
        shortcut="Ctrl+V",
        reason=can("paste", mark("Choose a cell in the grid of accounts.")),
        aliases=(mark("spreadsheet"), mark("clipboard")),
    ),
    Action(
        "edit.fill",
        mark("Fill down"),
        mark("Edit"),
        does("fill_down"),
        shortcut="Ctrl+D",
        reason=can("fill_down", mark("Choose a cell in the grid of accounts.")),
    ),
    Action(
        "edit.restore",
        mark("Restore discarded edits…"),
        mark("Edit"),
        does("restore"),
        picture="undo",
        reason=can("restore", mark("No edits were discarded within 30 days.")),
    ),
    Action(
        "edit.columns",
        mark("Columns…"),
        mark("View"),
        does("columns"),
        reason=can("columns", mark("Open Accounts first.")),
        aliases=(mark("show column"), mark("hide column"), mark("order of columns")),
    ),
    Action(
        "edit.cell",
        mark("Edit cell"),
        mark("Edit"),
        does("edit"),
        picture="pencil",
        shortcut="F2",
        reason=can("edit", mark("Choose a cell that can be edited.")),
    ),
    Action(
        "edit.clear",
        mark("Clear value"),
        mark("Edit"),
        does("clear"),
        reason=can("clear", mark("Choose a cell that can be edited.")),
    ),
    Action(
        "edit.discard",
        mark("Discard pending edits of this record"),
        mark("Edit"),
        does("discard"),
        picture="trash",
        reason=can("discard", mark("The chosen record has no pending edits.")),
    ),
    Action(
        "edit.find", mark("Find in screen"), mark("Edit"), does("find"), picture="search", shortcut="Ctrl+F"
    ),
    Action(
        "view.palette",
        mark("Command palette…"),
        mark("View"),
        does("palette"),
        picture="search",
        shortcut="Ctrl+K",
    ),
    Action(
        "view.inspector",
        mark("Inspector"),
        mark("View"),
        does("inspector"),
        picture="info",
        shortcut="F9",
        reason=can("inspector", mark("This screen shows everything without an inspector.")),
    ),
    Action("view.next_region", mark("Next region"), mark("View"), does("next_region"), shortcut="F6"),
    Action(
        "view.previous_region",
        mark("Previous region"),
        mark("View"),
        does("previous_region"),
        shortcut="Shift+F6",
    ),
    Action(
        "view.next_tab",
        mark("Next tab"),
        mark("View"),
        does("next_tab"),
        shortcut="Ctrl+Tab",
        reason=can("step_tab", mark("There is no other tab.")),
    ),
    Action(
        "view.previous_tab",
        mark("Previous tab"),
        mark("View"),
        does("previous_tab"),
        shortcut="Ctrl+Shift+Tab",
        reason=can("step_tab", mark("There is no other tab.")),
    ),
    Action(
        "view.close_tab",
        mark("Close tab"),
        mark("View"),
        does("close_tab"),
        picture="close",
        shortcut="Ctrl+W",
        reason=can("tab", mark("No tab is open.")),
    ),
    Action(
        "view.back",
        mark("Back"),
        mark("View"),
        does("back"),
        picture="arrow-left",
        shortcut="Alt+Left",
        reason=can("back", mark("There is nothing to go back to.")),
    ),
    Action(
        "view.forward",
        mark("Forward"),
        mark("View"),
        does("forward"),
        picture="arrow-right",
        shortcut="Alt+Right",
        reason=can("forward", mark("There is nothing to go forward to.")),
    ),
    Action(
        "view.copy_link",
        mark("Copy link"),
        mark("View"),
        does("copy_link"),
        picture="copy",
        shortcut="Ctrl+Shift+C",
        reason=can("tab", mark("No tab is open.")),
        aliases=(mark("address"), mark("url")),
    ),
    Action("view.light", mark("Light theme"), mark("View"), does("light"), picture="theme"),
    Action("view.dark", mark("Dark theme"), mark("View"), does("dark"), picture="theme"),
    Action("view.contrast", mark("High contrast theme"), mark("View"), does("contrast"), picture="theme"),
    Action(
        "assignment.read",
        mark("Read users of the CRMs"),
        mark("Record"),
        does("read_users"),
        picture="pull",
        reason=can("read_users", mark("Open Account assignment first.")),
        aliases=(mark("people"), mark("owners")),
    ),
    Action(
        "assignment.add",
        mark("Add a role…"),
        mark("Record"),
        does("add_role"),
        picture="plus",
        reason=can("add_role", mark("Open Account assignment first.")),
    ),
    Action(
        "assignment.change",
        mark("Change role…"),
        mark("Record"),
        does("open_role"),
        picture="pencil",
        reason=can("open_role", mark("Choose a role under Account assignment.")),
        aliases=(mark("reference type"),),
    ),
    Action(
        "assignment.match",
        mark("Who is this in the CRM…"),
        mark("Record"),
        does("match_person"),
        picture="question",
        reason=can("match_person", mark("Choose a team member under Account assignment.")),
        aliases=(mark("match people"),),
    ),
    Action(
        "assignment.forget",
        mark("Forget remembered choice"),
        mark("Record"),
        does("forget_choice"),
        picture="trash",
        reason=can("forget_choice", mark("Choose a remembered choice under Account assignment.")),
    ),
    Action(
        "send.meaning",
        mark("Choose what is meant…"),
        mark("Send"),
        does("choose_meaning"),
        picture="question",
        reason=can("choose_meaning", mark("Choose a row that is blocked by a reference that is unclear.")),
        aliases=(mark("not found"), mark("ambiguous"), mark("inactive"), mark("candidates")),
    ),
    Action(
        "record.open",
        mark("Open account"),
        mark("Record"),
        does("open_record"),
        picture="profile",
        shortcut="Ctrl+Shift+O",
        reason=can("open_record", mark("Choose a record first.")),
        aliases=(
            mark("account profile"),
            mark("assignment widget"),
            mark("user profile header"),
            mark("per-account user attributes"),
        ),
    ),
    Action(
        "record.next_mark",
        mark("Next marked cell"),
        mark("Record"),
        does("next_mark"),
        shortcut="F7",
        reason=can("next_mark", mark("Marked cells are in the accounts grid.")),
    ),
    Action(
        "record.previous_mark",
        mark("Previous marked cell"),
        mark("Record"),
        does("previous_mark"),
        shortcut="Shift+F7",
        reason=can("next_mark", mark("Marked cells are in the accounts grid.")),
    ),
    Action(
        "record.keep_mine",
        mark("Keep mine"),
        mark("Record"),
        does("keep_mine"),
        picture="pencil",
        shortcut="Ctrl+Shift+M",
        reason=can("settle", mark("Choose a value that is in conflict.")),
        aliases=(mark("resolve conflict"),),
    ),
    Action(
        "record.keep_theirs",
        mark("Keep what is in the CRM"),
        mark("Record"),
        does("keep_theirs"),
        picture="pull",
        shortcut="Ctrl+Shift+K",
        reason=can("settle", mark("Choose a value that is in conflict.")),
        aliases=(mark("resolve conflict"), mark("keep theirs")),
    ),
    Action(
        "conflict.third",
        mark("Put a third value"),
        mark("Record"),
        does("third"),
        shortcut="Ctrl+Shift+V",
        reason=can("decide", mark("Choose a conflict in the inbox.")),
    ),
    Action(
        "conflict.alike",
        mark("Decide for all alike"),
        mark("Record"),
        does("alike"),
        shortcut="Ctrl+Shift+L",
        reason=can("decide", mark("Choose a conflict in the inbox.")),
    ),
    Action(
        "conflict.rule",
        mark("Make the decision the rule"),
        mark("Record"),
        does("rule"),
        shortcut="Ctrl+Shift+R",
        reason=can("decide", mark("Choose a conflict in the inbox.")),
    ),
    Action(
        "conflict.skip",
        mark("Skip conflict"),
        mark("Record"),
        does("skip"),
        shortcut="Ctrl+Shift+S",
        reason=can("decide", mark("Choose a conflict in the inbox.")),
    ),
    Action(
        "record.pull",
        mark("Pull from the CRM"),
        mark("Record"),
        does("pull"),
        picture="pull",
        shortcut="F5",
        reason=can("pull", mark("There is no integration to pull yet.")),
    ),
    Action(
        "record.filter",
        mark("Filter…"),
        mark("Record"),
        does("filter"),
        picture="filter",
        shortcut="Ctrl+Shift+F",
        reason=can("filter", mark("Open Accounts or Objects & mapping first.")),
        aliases=(mark("query"), mark("condition"), mark("which records")),
    ),
    Action(
        "record.preview",
        mark("Preview of a pull…"),
        mark("Record"),
        does("preview"),
        picture="search",
        reason=can("preview", mark("Open Objects & mapping first.")),
        aliases=(mark("look"), mark("sample")),
    ),
    Action(
        "send.review",
        mark("Review pending edits…"),
        mark("Send"),
        goes("review"),
        picture="send",
        shortcut="Ctrl+Return",
        reason=has_drafts,
    ),
    Action("jobs.show", mark("Show running job"), mark("Jobs"), goes("jobs"), shortcut="Ctrl+J"),
    Action(
        "jobs.pause",
        mark("Pause or resume job"),
        mark("Jobs"),
        does("pause"),
        picture="pause",
        shortcut="Ctrl+Shift+P",
        reason=can("pause", mark("Choose a job that is at work.")),
    ),
    Action(
        "jobs.cancel",
        mark("Cancel job"),
        mark("Jobs"),
        does("cancel"),
        picture="cancel",
        reason=can("cancel", mark("Choose a job that is not finished.")),
    ),
    Action(
        "jobs.retry",
        mark("Retry refused rows…"),
        mark("Jobs"),
        does("retry"),
        picture="retry",
        reason=can("retry", mark("The chosen job has no refused rows.")),
    ),
    Action(
        "jobs.undo",
        mark("Undo job…"),
        mark("Jobs"),
        does("undo"),
        picture="undo",
        reason=can("undo", mark("Choose a finished job that wrote something.")),
    ),
    Action(
        "jobs.export",
        mark("Export results…"),
        mark("Jobs"),
        does("export"),
        picture="export",
        reason=can("export", mark("Choose a job first.")),
    ),
    Action(
        "help.here",
        mark("Help for this screen"),
        mark("Help"),
        does("help"),
        picture="question",
        shortcut="F1",
        aliases=(mark("manual"), mark("documentation"), mark("how to")),
    ),
    Action(
        "help.keys",
        mark("Keys…"),
        mark("Help"),
        does("keys"),
        picture="info",
        shortcut="Ctrl+F1",
        aliases=(mark("shortcuts"), mark("keyboard"), mark("remap")),
        more_keys=("?", "Shift+?"),
    ),
    Action(
        "help.about",
        mark("About Writeback…"),
        mark("Help"),
        does("about"),
        picture="info",
        aliases=(mark("licences"), mark("version")),
    ),
)


def by_id(identifier: str) -> Action:
    """Give one action."""
    return next(action for action in ACTIONS if action.id == identifier)

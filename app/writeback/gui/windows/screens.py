"""The table of screens. Navigation, menus, keys, palette, tabs and links are built from its rows.

A new screen is one row and the function that loads its panel. That function imports the panel's module
when it is called, at the screen's first opening or while nobody does anything (`windows/warming.py`): the
start costs nothing of it.

Must not: import a panel at its head, hold a widget.
"""

from collections import abc
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from writeback.gui.bridge import Bridge
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark
from writeback.gui.windows.subjects import ENTRIES, JOBS, RECORDS, SEGMENTS, Subjects
from writeback.runtime.views import Pulse

WORK: Final = mark("Work")
SENDING: Final = mark("Sending")
SET_UP: Final = mark("Set-up")
SYSTEM: Final = mark("System")
GROUPS: Final = (WORK, SENDING, SET_UP, SYSTEM)
"""The navigation's groups, from top to bottom."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What a panel is built from."""

    desk: Desk
    bridge: Bridge
    workspace: Path


Build = abc.Callable[[Behind], Panel]


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen as the window knows it before it is built."""

    name: str
    """How code and links call it; never shown."""
    title: str
    icon: str
    """A file of `resources/icons`, without its ending."""
    load: abc.Callable[[], Build]
    """Imports its panel; gives what builds one."""
    group: str = ""
    """Where it stands in the navigation; '' = nowhere (the screen of one subject)."""
    under: str = ""
    """The screen that the navigation marks instead, when it has no place of its own."""
    shortcut: str = ""
    aliases: tuple[str, ...] = ()
    """Other words by which the palette finds it, those of other products among them."""
    command: str = ""
    """What the command line calls it."""
    count: abc.Callable[[Pulse], int] | None = None
    """The number beside its name."""
    subjects: Subjects | None = None
    """What has a tab and a link of its own: a record, a job."""


def _welcome() -> Build:
    from writeback.gui.panels.welcome import WelcomePanel

    return lambda behind: WelcomePanel(behind.desk, workspace=behind.workspace)


def _accounts() -> Build:
    from writeback.gui.panels.accounts import AccountsPanel

    return lambda behind: AccountsPanel(behind.desk, behind.bridge)


def _segments() -> Build:
    from writeback.gui.panels.segments import SegmentsPanel

    return lambda behind: SegmentsPanel(behind.desk)


def _tasks() -> Build:
    from writeback.gui.panels.task_list import TasksPanel

    return lambda behind: TasksPanel(behind.desk)


def _campaigns() -> Build:
    from writeback.gui.panels.campaigns import CampaignsPanel

    return lambda behind: CampaignsPanel(behind.desk)


def _plays() -> Build:
    from writeback.gui.panels.plays import PlaysPanel

    return lambda behind: PlaysPanel(behind.desk)


def _files() -> Build:
    from writeback.gui.panels.file_write_back import FilePanel

    return lambda behind: FilePanel(behind.desk)


def _profile() -> Build:
    from writeback.gui.panels.profile import ProfilePanel

    return lambda behind: ProfilePanel(behind.desk, behind.bridge)


def _review() -> Build:
    from writeback.gui.panels.review import ReviewPanel

    return lambda behind: ReviewPanel(behind.desk)


def _conflicts() -> Build:
    from writeback.gui.panels.conflicts import ConflictsPanel

    return lambda behind: ConflictsPanel(behind.desk)


def _jobs() -> Build:
    from writeback.gui.panels.jobs import JobsPanel

    return lambda behind: JobsPanel(behind.desk)


def _connections() -> Build:
    from writeback.gui.panels.connections import ConnectionsPanel

    return lambda behind: ConnectionsPanel(behind.desk)


def _mapping() -> Build:
    from writeback.gui.panels.mapping import MappingPanel

    return lambda behind: MappingPanel(behind.desk)


def _model() -> Build:
    from writeback.gui.panels.data_model import DataModelPanel

    return lambda behind: DataModelPanel(behind.desk)


def _forms() -> Build:
    from writeback.gui.panels.insight_forms import FormsPanel

    return lambda behind: FormsPanel(behind.desk)


def _assignment() -> Build:
    from writeback.gui.panels.assignment import AssignmentPanel

    return lambda behind: AssignmentPanel(behind.desk)


def _permissions() -> Build:
    from writeback.gui.panels.permissions import PermissionsPanel

    return lambda behind: PermissionsPanel(behind.desk)


def _plugins() -> Build:
    from writeback.gui.panels.plugins import PluginsPanel

    return lambda behind: PluginsPanel(behind.desk)


def _audit() -> Build:
    from writeback.gui.panels.audit import AuditPanel

    return lambda behind: AuditPanel(behind.desk)


def _settings() -> Build:
    from writeback.gui.panels.settings import SettingsPanel

    return lambda behind: SettingsPanel(behind.desk, workspace=behind.workspace)


SCREENS: Final = (
    Screen(
        "welcome",
        mark("Home"),
        "home",
        _welcome,
        group=WORK,
        shortcut="Ctrl+1",
        aliases=(mark("welcome"), mark("start"), mark("checklist"), mark("overview")),
        command="writeback demo | doctor",
    ),
    Screen(
        "accounts",
        mark("Accounts"),
        "accounts",
        _accounts,
        group=WORK,
        shortcut="Ctrl+2",
        aliases=(mark("records"), mark("grid"), mark("customers"), mark("users")),
        command="writeback segments | edit",
        subjects=SEGMENTS,
    ),
    Screen(
        "segments",
        mark("Segments"),
        "filter",
        _segments,
        group=WORK,
        shortcut="Ctrl+3",
        aliases=(mark("saved filters"), mark("conditions"), mark("bulk edit")),
        command="writeback segments",
    ),
    Screen(
        "tasks",
        mark("Tasks"),
        "check",
        _tasks,
        group=WORK,
        shortcut="Ctrl+4",
        aliases=(mark("to do"), mark("work items"), mark("complete a task"), mark("due")),
        command="writeback tasks",
    ),
    Screen(
        "plays",
        mark("SuccessPlays"),
        "wand",
        _plays,
        group=WORK,
        aliases=(mark("plays"), mark("rules"), mark("automation"), mark("triggers"), mark("round-robin")),
        command="writeback plays",
        count=lambda pulse: pulse.held_plays,
    ),
    Screen(
        "campaigns",
        mark("Campaigns"),
        "campaign",
        _campaigns,
        group=WORK,
        aliases=(mark("NPS"), mark("CSAT"), mark("survey"), mark("answers"), mark("satisfaction")),
        command="writeback campaigns",
    ),
    Screen(
        "files",
        mark("File write-back"),
        "folder",
        _files,
        group=WORK,
        shortcut="Ctrl+5",
        aliases=(mark("import"), mark("CSV"), mark("workbook"), mark("Data Loader"), mark("upload")),
        command="writeback push",
    ),
    Screen(
        "profile",
        mark("Account"),
        "profile",
        _profile,
        under="accounts",
        subjects=RECORDS,
        aliases=(
            mark("account profile"),
            mark("assignment widget"),
            mark("user profile header"),
            mark("per-account user attributes"),
        ),
        command="writeback edit",
    ),
    Screen(
        "review",
        mark("Review & send"),
        "review",
        _review,
        group=SENDING,
        shortcut="Ctrl+6",
        aliases=(mark("plan"),),
        command="writeback plan | send",
        count=lambda pulse: pulse.drafts,
    ),
    Screen(
        "conflicts",
        mark("Conflicts"),
        "conflict",
        _conflicts,
        group=SENDING,
        shortcut="Ctrl+7",
        aliases=(mark("inbox"), mark("resolve conflicts"), mark("disagreements")),
        command="writeback plan --conflicts",
        count=lambda pulse: pulse.conflicts,
    ),
    Screen(
        "jobs",
        mark("Jobs"),
        "jobs",
        _jobs,
        group=SENDING,
        shortcut="Ctrl+8",
        aliases=(mark("bulk write-back"), "connector › jobs list", mark("monitor")),
        command="writeback jobs",
        count=lambda pulse: pulse.open_jobs,
        subjects=JOBS,
    ),
    Screen(
        "connections",
        mark("Connections"),
        "connections",
        _connections,
        group=SET_UP,
        shortcut="Ctrl+9",
        aliases=(mark("connectors"), mark("orgs"), mark("sign-in")),
        command="writeback connect",
    ),
    Screen(
        "mapping",
        mark("Objects & mapping"),
        "mapping",
        _mapping,
        group=SET_UP,
        shortcut="Ctrl+0",
        aliases=(
            "connector › integrations",
            mark("source format"),
            mark("load preview"),
            mark("writeback"),
            mark("reference type"),
        ),
        command="writeback pull | config",
    ),
    Screen(
        "model",
        mark("Data model"),
        "attributes",
        _model,
        group=SET_UP,
        aliases=(
            "settings › data management › data modeler › attribute › source › writeback",
            mark("attributes"),
            mark("options"),
            mark("stages"),
            mark("write-back switch"),
        ),
        command="writeback config",
    ),
    Screen(
        "assignment",
        mark("Account assignment"),
        "profile",
        _assignment,
        group=SET_UP,
        shortcut="Ctrl+Shift+A",
        aliases=(
            "settings › user management › account assignment › role › source, update type",
            mark("roles"),
            mark("success manager"),
            mark("owner"),
            mark("people"),
            mark("team members"),
            mark("queues"),
        ),
        command="writeback config | edit",
    ),
    Screen(
        "forms",
        mark("Insight forms"),
        "pencil",
        _forms,
        group=SET_UP,
        aliases=(mark("insight form"), mark("design a form"), mark("questionnaire")),
        command="writeback forms",
    ),
    Screen(
        "permissions",
        mark("Team & permissions"),
        "lock",
        _permissions,
        group=SYSTEM,
        aliases=(
            "global admin / advanced permissions",
            mark("rights"),
            mark("people"),
            mark("approvals"),
            mark("who may do what"),
        ),
        command="writeback config | worker | doctor",
    ),
    Screen(
        "plugins",
        mark("Plugins"),
        "plugins",
        _plugins,
        group=SYSTEM,
        aliases=(
            mark("connectors"),
            mark("extensions"),
            mark("add-ons"),
            mark("hooks"),
            mark("trust"),
            mark("consent"),
        ),
        command="writeback plugins",
    ),
    Screen(
        "audit",
        mark("Audit"),
        "key",
        _audit,
        group=SYSTEM,
        aliases=(
            mark("trail"),
            mark("who did what"),
            mark("proof"),
            mark("hash chain"),
            mark("log"),
            mark("compliance"),
        ),
        command="writeback audit",
        subjects=ENTRIES,
    ),
    Screen(
        "settings",
        mark("Settings"),
        "settings",
        _settings,
        group=SYSTEM,
        shortcut="Ctrl+,",
        aliases=(
            mark("notifications: failure, partial success"),
            mark("preferences"),
            mark("options"),
            mark("notifications"),
            mark("guards"),
            mark("backups"),
            mark("retention"),
            mark("proxy"),
            mark("recently deleted"),
        ),
        command="writeback config | guards | retention | backups | diagnostics",
    ),
)

NAMES: Final = tuple(screen.name for screen in SCREENS)


def screen_of(name: str) -> Screen | None:
    """Give the screen of a name, if there is one."""
    return next((screen for screen in SCREENS if screen.name == name), None)

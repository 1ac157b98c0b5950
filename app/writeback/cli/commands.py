"""Which commands there are, told without importing them: a command's module loads when it is called.

`--help` reads this table alone; a test holds it against the commands themselves.
"""

import importlib
from dataclasses import dataclass
from typing import Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_group


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, its module in this room, and what `--help` says."""

    name: str
    module: str
    """'' is a front end of its own, which `__main__` starts."""
    help: str
    hidden: bool = False


COMMANDS: Final = (
    Command("demo", "demo", "Walk the whole way against simulated CRMs."),
    Command("connect", "connect", "Make a connection and pin the org that answers."),
    Command("connections", "connections", "List, test and change connections."),
    Command("integrations", "integrations", "CRM objects that are pulled into entities."),
    Command("map", "mapping", "Tie CRM fields to attributes; missing attributes are made."),
    Command("people", "people", "Team members, and the user that each CRM knows them by."),
    Command("roles", "roles", "Account assignment: attributes whose value is a team member."),
    Command("attributes", "attributes", "Typed fields of our entities."),
    Command("pull", "pull", "Read the CRM's records into the workspace."),
    Command("records", "records", "Records of our entities, with the state of every value."),
    Command("segments", "segment_writes", "Conditions on records, kept under a name."),
    Command("forms", "forms", "Short forms on records (insight forms)."),
    Command("tasks", "tasks", "What somebody has to do about a record."),
    Command("plays", "plays", "Rules that change attributes by themselves (SuccessPlays)."),
    Command("notes", "notes", "What people wrote down beside a record; written to no CRM."),
    Command("campaigns", "campaigns", "Survey responses that become values."),
    Command("file-mappings", "file_mappings", "Which field each column of a file writes, kept."),
    Command("edit", "edit", "Change attributes of one record."),
    Command("history", "history", "Who changed a record's values, when, why; each CRM's answer."),
    Command("retention", "retention", "For how long the history of values is kept; erase one record's."),
    Command("plan", "plan", "Judge changes against what the CRM holds now; sends nothing."),
    Command("send", "plan", "Send a reviewed plan file."),
    Command("push", "push", "Write a file into a CRM, with an outcome for every row."),
    Command("conflicts", "conflicts", "Conflicts that wait for a person; settle one or many."),
    Command("jobs", "jobs", "Jobs and their outcomes."),
    Command("trust", "trust", "Whether a workspace file from elsewhere may act; what it holds."),
    Command("config", "config", "Your settings here; a workspace's configuration as a file."),
    Command("guards", "guards", "Limits above which a plan is refused until it is overridden."),
    Command("permissions", "permissions", "Who may do what: permission levels and their rights."),
    Command("approvals", "approvals", "Plans that wait for another person's word."),
    Command("plugins", "plugins", "Connectors and other plugins."),
    Command("simulator", "simulator", "Simulated CRMs for trying out and for tests."),
    Command("gui", "", "Open the window, at a writeback:// link where one is given."),
    Command("screenshots", "screenshots", "Pictures of every screen in every state, from a demo workspace."),
    Command("studio", "", "Pose the window. For `screenshots`, not for people.", hidden=True),
    Command("worker", "", "Work on submitted jobs until it is stopped."),
    Command("serve", "serve", "Answer a window's calls. For the window, not for people.", hidden=True),
    Command("audit", "audit", "The audit trail: list, show, verify, export."),
    Command("notices", "notices", "What people are told without asking: failures, sign-ins, drifts."),
    Command("backups", "backups", "Copies of the workspace: list, make, verify, have one back."),
    Command("diagnostics", "diagnostics", "What a report of a fault needs: look at it, save it."),
    Command("doctor", "doctor", "Check invariants I1-I8 and the store."),
    Command("bench", "bench", "Benchmarks: ratios against a floor, measured in one run."),
)


class LazyGroup(TyperGroup):
    """The command tree's root: knows every name, imports only the module of the one that is called."""

    def list_commands(self, _context: object) -> list[str]:
        """Give all names in the order of help."""
        return [command.name for command in COMMANDS]

    def get_command(self, _context: object, name: str) -> Any:  # noqa: ANN401  Typer does not export its Click
        """Import and give one command, or None when there is none of that name."""
        known = next((command for command in COMMANDS if command.name == name), None)
        return load(known) if known is not None and known.module else None

    def format_commands(self, _context: object, formatter: Any) -> None:  # noqa: ANN401  the same
        """Write the names with what they do."""
        with formatter.section("Commands"):
            formatter.write_dl([(one.name, one.help) for one in COMMANDS if not one.hidden])


def load(command: Command) -> Any:  # noqa: ANN401  the same
    """Import a command's module and build the command."""
    module = importlib.import_module(f"{__package__}.{command.module}")
    app = typer.Typer(rich_markup_mode=None)
    module.register(app)
    return get_group(app).commands[command.name]

"""The table that `--help` reads says what the commands themselves say."""

import pytest

from writeback.cli.commands import COMMANDS, Command, load

OWN = [command for command in COMMANDS if command.module]


@pytest.mark.parametrize("command", OWN, ids=lambda command: command.name)
def test_each_command_loads_under_its_name(command: Command) -> None:
    made = load(command)
    assert made.name == command.name
    assert made.help


def test_only_front_ends_of_their_own_have_no_module() -> None:
    own = {command.name for command in OWN}
    assert {command.name for command in COMMANDS} - own == {"gui", "worker", "studio"}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_line_of_help_fits_a_terminal(command: Command) -> None:
    assert len(f"  {'integrations'}  {command.help}") <= 80
    assert command.help.endswith(".")


@pytest.mark.parametrize("command", OWN, ids=lambda command: command.name)
def test_every_parameter_is_explained(command: Command) -> None:
    made = load(command)
    leaves = list(getattr(made, "commands", {}).values()) or [made]
    for leaf in leaves:
        unexplained = [one.name for one in leaf.params if one.name != "help" and not getattr(one, "help", "")]
        assert unexplained == [], leaf.name

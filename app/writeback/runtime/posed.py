"""Where posed workspaces lie, for whoever opens one; how they are made stands in `runtime/posing.py`.

Must not: import anything of ours; start and memory of the window are measured with this and without the rest.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

CALM, TROUBLED, NEW = "Northwind", "Contoso", "Fabrikam"
"""The three workspaces: everything in order · something wrong with each CRM · nothing in it yet."""
SHARED_NAMES: Final = ("Demo account 1", "Demo account 2", "Demo account 3")
"""Accounts that stand in every CRM of the demo."""


@dataclass(frozen=True, slots=True)
class Posed:
    """Where the workspaces lie."""

    folder: Path

    def path(self, name: str) -> Path:
        """Give the file of a workspace."""
        return self.folder / f"{name}.writeback"

"""Where posed workspaces lie, for whoever opens one; how they are made stands in `runtime/posing.py`.

Must not: import anything; the start of the window is measured with this and without the rest.
"""

from dataclasses import dataclass
from pathlib import Path

CALM, TROUBLED, NEW = "Northwind", "Contoso", "Fabrikam"
"""The three workspaces: everything in order · something wrong with each CRM · nothing in it yet."""


@dataclass(frozen=True, slots=True)
class Posed:
    """Where the workspaces lie."""

    folder: Path

    def path(self, name: str) -> Path:
        """Give the file of a workspace."""
        return self.folder / f"{name}.writeback"

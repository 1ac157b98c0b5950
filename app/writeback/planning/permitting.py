"""Which permission level holds which rights, and who may do a thing. A table; nothing is asked here."""

from collections import abc
from typing import Final

from writeback.model.permissions import Level, Right
from writeback.model.wording import mark

_EDITOR: Final = frozenset({Right.EDIT})
_OPERATOR: Final = _EDITOR | {Right.WRITE, Right.UNDO}
_APPROVER: Final = _OPERATOR | {Right.BULK, Right.APPROVE, Right.OVERRIDE_GUARDS}
_ADVANCED: Final = _APPROVER | {Right.CONFIGURE_MAPPINGS, Right.SET_WRITE_BACK, Right.EDIT_REFERENCED}

RIGHTS: Final[abc.Mapping[Level, frozenset[Right]]] = {
    Level.VIEWER: frozenset(),
    Level.EDITOR: _EDITOR,
    Level.OPERATOR: _OPERATOR,
    Level.APPROVER: _APPROVER,
    Level.ADVANCED_USER: _ADVANCED,
    Level.GLOBAL_ADMIN: frozenset(Right),
}
"""Each level holds what the one before it holds."""

RIGHT_TITLES: Final[abc.Mapping[Right, str]] = {
    Right.CONFIGURE_MAPPINGS: mark("configure mappings"),
    Right.EDIT: mark("edit"),
    Right.WRITE: mark("write to a CRM"),
    Right.BULK: mark("write in bulk"),
    Right.APPROVE: mark("approve"),
    Right.EDIT_REFERENCED: mark("edit referenced records"),
    Right.UNDO: mark("undo"),
    Right.SET_WRITE_BACK: mark("set write-back"),
    Right.OVERRIDE_GUARDS: mark("override guards"),
    Right.MANAGE_PLUGINS: mark("manage plugins"),
    Right.ADMINISTER: mark("administer"),
}

LEVEL_TITLES: Final[abc.Mapping[Level, str]] = {
    Level.VIEWER: mark("Viewer"),
    Level.EDITOR: mark("Editor"),
    Level.OPERATOR: mark("Operator"),
    Level.APPROVER: mark("Approver"),
    Level.ADVANCED_USER: mark("Advanced user"),
    Level.GLOBAL_ADMIN: mark("Global admin"),
}

Levels = abc.Mapping[str, Level]
"""The levels of the workspace's people by name; empty: one person, who may do everything."""


def may(levels: Levels, author: str, right: Right) -> bool:
    """Say whether somebody holds a right. Where nobody has a level everybody holds every right."""
    if not levels:
        return True
    level = levels.get(author)
    return level is not None and right in RIGHTS[level]


def granters(levels: Levels) -> tuple[str, ...]:
    """Name those who can give somebody another level."""
    return tuple(sorted(name for name, level in levels.items() if Right.ADMINISTER in RIGHTS[level]))


def refusal_facts(levels: Levels, author: str, right: Right) -> dict[str, str]:
    """Give what the sentence of a missing right names: the right, the person, and who can grant it."""
    level = levels.get(author)
    return {
        "right": RIGHT_TITLES[right],
        "author": author or "somebody without a name",
        "level": "no permission level" if level is None else LEVEL_TITLES[level],
        "who": ", ".join(granters(levels)),
    }

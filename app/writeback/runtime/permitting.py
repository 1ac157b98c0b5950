"""Ask for rights before an act, and keep who has which permission level.

In a workspace that is a file this is a guard-rail: it stops mistakes, not somebody who opens the file
with other tools. The command line and the window act under the name of the person who is signed in to
the computer.
"""

from writeback.errors import ConfigurationError, NotPermittedError
from writeback.model.events import EventKind
from writeback.model.integrations import ReferenceMode
from writeback.model.permissions import Level, Permission, Right
from writeback.planning.permitting import Levels, granters, may, refusal_facts
from writeback.runtime.facade.sending import PlanSource
from writeback.store import acts, permissions
from writeback.store.workspace import Db, Workspace

_NAME_MOST = 120


class Permitting:
    """Who may do what in one workspace."""

    def __init__(self, workspace: Workspace, *, author: str) -> None:
        self._workspace = workspace
        self.author = author
        """Who works with this process, where a call does not name its author."""

    def admit(self, right: Right, author: str = "") -> None:
        """Let an act through.

        Raises:
            NotPermittedError: Its author lacks the right; says who can grant it.
        """
        with self._workspace.reading() as db:
            admit(permissions.levels(db), author or self.author, right)

    def may(self, right: Right, author: str = "") -> bool:
        """Say whether somebody holds a right."""
        with self._workspace.reading() as db:
            return may(permissions.levels(db), author or self.author, right)

    def every(self) -> tuple[Permission, ...]:
        """Give all people that have a level."""
        with self._workspace.reading() as db:
            return permissions.every(db)

    def put(self, name: str, level: Level) -> Permission:
        """Give somebody a permission level.

        Raises:
            NotPermittedError: The author may not administer.
            ConfigurationError: Nobody would be left who may, or it is no name.
        """
        if not name.strip() or name != name.strip() or not name.isprintable() or len(name) > _NAME_MOST:
            raise ConfigurationError("permission.bad_name", name=name[:_NAME_MOST])
        at = self._workspace.now()
        made = Permission(name, level, self.author, at)
        with self._workspace.writing() as db:
            known = permissions.levels(db)
            admit(known, self.author, Right.ADMINISTER)
            _keep_an_admin({**known, name: level}, name)
            permissions.put(db, made)
            self._note(db, "permission.set", {"author": name, "level": level.value, "by": self.author})
        return made

    def remove(self, name: str) -> None:
        """Take somebody's level away; with the last one everybody may do everything again.

        Raises:
            NotPermittedError: The author may not administer.
            ConfigurationError: They have none, or nobody would be left who may administer.
        """
        with self._workspace.writing() as db:
            known = permissions.levels(db)
            admit(known, self.author, Right.ADMINISTER)
            if name not in known:
                raise ConfigurationError("permission.unknown", name=name[:_NAME_MOST])
            _keep_an_admin({one: level for one, level in known.items() if one != name}, name)
            permissions.remove(db, name)
            self._note(db, "permission.removed", {"author": name, "by": self.author})

    def _note(self, db: Db, act: str, body: dict[str, str]) -> None:
        at = self._workspace.now()
        acts.record(
            db, at=at, kind=EventKind.PERMISSIONS_CHANGED, subject="permissions", act=act, body={**body}
        )


def admit(levels: Levels, author: str, right: Right) -> None:
    """Let an act through. Raises NotPermittedError."""
    if not may(levels, author, right):
        raise NotPermittedError("permission.missing", **refusal_facts(levels, author, right))


def rights_to_propose(source: PlanSource) -> tuple[Right, ...]:
    """Give the rights that making such a plan needs: it reads the CRM, and shows what would be written."""
    first = {"undo": Right.UNDO, "retry": Right.WRITE}.get(source.kind, Right.EDIT)
    found = [first]
    if not source.compares:
        found.append(Right.ADMINISTER)
    if any(mode is ReferenceMode.EDIT_TARGET for _, mode in source.reference_modes):
        found.append(Right.EDIT_REFERENCED)
    return tuple(found)


def _keep_an_admin(levels: Levels, name: str) -> None:
    """Refuse what would leave people without anybody who can change their levels."""
    if levels and not granters(levels):
        raise ConfigurationError("permission.needs_admin", name=name)

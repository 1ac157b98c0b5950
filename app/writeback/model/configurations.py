"""How a workspace is set up, as a file can carry it to another one; and how two of them differ.

No record, no person, no sign-in and no secret is part of it: a connection is only named.
"""

import enum
from dataclasses import dataclass, field

from writeback.model.attributes import Attribute, Entity
from writeback.model.changes import Reason
from writeback.model.forms import InsightForm
from writeback.model.integrations import FieldMapping
from writeback.model.schedules import Schedule


@dataclass(frozen=True, slots=True)
class Pulled:
    """One integration: the connection by name and connector, the object, and the mappings."""

    connection: str
    connector: str
    object: str
    entity: str
    key: str
    filter: str = ""
    match: str = ""
    link: str = ""
    person: str = ""
    mappings: tuple[FieldMapping, ...] = ()
    schedule: Schedule | None = None
    """When it is pulled by itself; None: never."""


@dataclass(frozen=True, slots=True)
class SavedSegment:
    """One shared segment."""

    name: str
    entity: str
    text: str


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that a file carries."""

    entities: tuple[Entity, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    roles: frozenset[tuple[str, str]] = frozenset()
    """Entity and attribute of each role."""
    integrations: tuple[Pulled, ...] = ()
    segments: tuple[SavedSegment, ...] = ()
    forms: tuple[InsightForm, ...] = ()
    limits: tuple[tuple[str, float | None], ...] = ()
    """Guard limits that the workspace set for itself; None: switched off."""
    workspace: str = ""
    """The name of the file that it was taken from."""
    made_at: str = ""


class ItemKind(enum.StrEnum):
    """What a part of a configuration is."""

    ENTITY = "entity"
    ATTRIBUTE = "attribute"
    INTEGRATION = "integration"
    MAPPING = "mapping"
    WRITE_BACK = "write_back"
    """That a mapping writes: never ticked by itself."""
    SCHEDULE = "schedule"
    """When an integration is pulled by itself; it comes paused, until somebody lets it go on."""
    SEGMENT = "segment"
    FORM = "form"
    LIMIT = "limit"


class Deed(enum.StrEnum):
    """What importing a part would do."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    """Nothing: it is so already."""
    BLOCKED = "blocked"
    """Nothing: it cannot be imported, `reason` says why."""


@dataclass(frozen=True, slots=True)
class ConfigItem:
    """One part of a configuration beside what stands here."""

    id: str
    """Its kind and its place, such as `mapping:Acme/Account/Industry`."""
    kind: ItemKind
    title: str
    where: str
    """The entity, or the connection and object, that it belongs to."""
    deed: Deed
    changes: tuple[tuple[str, str, str], ...] = ()
    """What differs: name, here, in the file."""
    reason: Reason | None = None
    needs: tuple[str, ...] = ()
    """Ids of parts that have to be imported with it."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """A connection of the file, and the one here that stands for it."""

    connection: str
    connector: str
    target: str = ""
    """'' none."""
    choices: tuple[str, ...] = ()
    """Connections here to the same product."""


@dataclass(frozen=True, slots=True)
class ConfigDiff:
    """A file's configuration beside the workspace's. What is only here stays: importing removes nothing."""

    items: tuple[ConfigItem, ...]
    pairings: tuple[Pairing, ...] = ()
    only_here: tuple[tuple[ItemKind, str], ...] = field(default=())
    workspace: str = ""
    made_at: str = ""

    def doing(self) -> tuple[ConfigItem, ...]:
        """Give the parts that importing would do something about."""
        return tuple(one for one in self.items if one.deed in (Deed.ADD, Deed.CHANGE))


@dataclass(frozen=True, slots=True)
class ConfigImported:
    """What was imported."""

    done: tuple[str, ...]
    """Ids of parts."""
    refused: tuple[tuple[str, Reason], ...]
    """Ids of ticked parts that were refused after all."""
    backup: str
    """The copy of the workspace that was made before."""

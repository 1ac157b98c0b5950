"""What an attribute is, and what uses it: changes of the data model after it holds values."""

from dataclasses import dataclass
from typing import Protocol

from writeback.model.attributes import Attribute
from writeback.model.types import AttributeType


@dataclass(frozen=True, slots=True)
class AttributeUsers:
    """What uses an attribute."""

    mappings: tuple[tuple[str, str], ...] = ()
    """Integration and field path."""
    drafts: int = 0
    under_way: int = 0
    """Values that a job is still writing."""
    matches: tuple[str, ...] = ()
    """Integrations whose records are linked by it."""
    is_role: bool = False
    segments: tuple[str, ...] = ()
    """Saved segments whose text names it."""
    forms: tuple[str, ...] = ()
    """Titles of insight forms that ask for it."""
    plays: tuple[str, ...] = ()
    """SuccessPlays that change it, read it, or follow a segment that names it."""


@dataclass(frozen=True, slots=True)
class Retyping:
    """What another type makes, or made, of an attribute's values."""

    values: int
    converts: int
    samples: tuple[str, ...] = ()
    """Some of those that do not convert: they are empty until the next pull."""


@dataclass(frozen=True, slots=True)
class TransformView:
    """A transform that a mapping may use."""

    name: str
    """As mappings name it: `trim`, `acme.vat`."""
    title: str
    argument: str = ""
    """What stands behind `=`, in words; '' when nothing does."""
    plugin: str = ""
    """The title of the plugin that offers it; '': the program itself."""


class AttributeCalls(Protocol):
    """What an attribute is, and what uses it."""

    def change_attribute(self, attribute: Attribute, *, act: str) -> Attribute:
        """Store title, description, options and their order, editability and default as given.

        Raises:
            UnknownAttributeError: There is no such attribute.
            ConfigurationError: It is of another type, two options are one, or the default is no value of it.
        """

    def attribute_users(self, entity: str, name: str) -> AttributeUsers:
        """Say what uses an attribute; changes nothing."""

    def delete_attribute(self, entity: str, name: str, *, act: str) -> AttributeUsers:
        """Let an attribute go, with its mappings, drafts and values; gives what used it.

        Raises:
            ConfigurationError: A job is writing it, records are linked by it, or it is a role.
        """

    def merge_options(self, entity: str, name: str, *, gone: str, into: str, act: str) -> Attribute:
        """Let one option of a list become another; records and value maps follow, no CRM is written to.

        Raises:
            ConfigurationError: They are no two options of a list, a draft or a job wants the attribute, or a
                mapping of it can have no value map.
        """

    def preview_retype(self, entity: str, name: str, kind: AttributeType) -> Retyping:
        """Say what would become of an attribute's values under another type; changes nothing."""

    def retype_attribute(self, entity: str, name: str, kind: AttributeType, *, act: str) -> Retyping:
        """Give an attribute another type. What does not convert is empty until the next pull.

        Raises:
            ConfigurationError: Drafts wait, a job is writing it, or it is a role.
            MappingError: A rule of a mapping does not go with the type.
        """

    def transforms(self) -> tuple[TransformView, ...]:
        """List the transforms that mappings may name; runs no plugin."""

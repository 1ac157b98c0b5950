"""Dotted addresses in a CRM object: `Industry`, `Owner.Email`, `Parent.Owner.Manager.Email`."""

from dataclasses import dataclass
from typing import Self

from writeback.errors import MappingError


@dataclass(frozen=True, slots=True, order=True)
class FieldPath:
    """A field reached through any number of references; compared as written."""

    hops: tuple[str, ...]
    field: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a dotted path.

        Raises:
            MappingError: A part is empty or holds a character no API name has.
        """
        parts = text.split(".")
        if not all(part and part.replace("_", "a").isalnum() for part in parts):
            raise MappingError("mapping.bad_path", path=text[:200])
        return cls(tuple(parts[:-1]), parts[-1])

    @property
    def is_reference(self) -> bool:
        """Say whether the field belongs to another record than the one read."""
        return bool(self.hops)

    def __str__(self) -> str:
        return ".".join((*self.hops, self.field))

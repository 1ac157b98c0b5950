"""What changed in a CRM's description since something was built on it, and what is offered about it."""

import enum
from dataclasses import dataclass


class DriftKind(enum.StrEnum):
    """What became of a field, or of an object as a whole. Each is an error code: `drift.<kind>`."""

    OBJECT_GONE = "object_gone"
    """The CRM no longer shows the object to this user."""
    OBJECT_READ_ONLY = "object_read_only"
    KEY_GONE = "key_gone"
    """The field that identifies a record."""
    FIELD_GONE = "field_gone"
    FIELD_RENAMED = "field_renamed"
    """Gone, and one new field has its label and type."""
    FIELD_RETYPED = "field_retyped"
    FIELD_READ_ONLY = "field_read_only"
    """For this user: locked, or the right to it was taken away."""
    FIELD_CALCULATED = "field_calculated"
    FIELD_SHORTER = "field_shorter"
    FEWER_DECIMALS = "fewer_decimals"
    FIELD_REQUIRED = "field_required"
    """A mapped field may not be emptied any more."""
    NEW_REQUIRED = "new_required"
    """A field that nothing is mapped to must have a value now."""
    OPTION_GONE = "option_gone"
    OPTION_RENAMED = "option_renamed"
    """An option has another internal value under its old label."""
    NEW_OPTION = "new_option"
    OPTION_RELABELLED = "option_relabelled"
    NOW_RESTRICTED = "now_restricted"
    """Values outside the options are refused from now on."""
    TARGETS_CHANGED = "targets_changed"
    """The reference points at other objects."""
    NOT_UNIQUE = "not_unique"
    """The field no longer names a record."""
    DEPENDENCY_CHANGED = "dependency_changed"
    """Another field decides which options are allowed, or decides otherwise."""
    KIND_WIDENED = "kind_widened"
    """Another type of the same family: text to long text, number to currency."""
    RELABELLED = "relabelled"
    RECASED = "recased"
    """The API name is written otherwise, in case only."""


class Severity(enum.StrEnum):
    """What a drift stops."""

    STOPS_PULL = "stops_pull"
    """The field is neither read nor written; what was read of it stays."""
    STOPS_SENDING = "stops_sending"
    """The field is read, and not written."""
    WARNS = "warns"
    HARMLESS = "harmless"

    @property
    def stops_sending(self) -> bool:
        """Say whether nothing may be written to the field."""
        return self in (Severity.STOPS_PULL, Severity.STOPS_SENDING)


class FixKind(enum.StrEnum):
    """What is offered about a drift."""

    MAP_TO = "map_to"
    """Map the attribute to the field's new name."""
    DROP_MAPPING = "drop_mapping"
    """Remove the mapping; the attribute keeps its values."""
    SWITCH_OFF = "switch_off"
    """Switch write-back off; pulling goes on."""
    TAKE_TYPE = "take_type"
    """Go on with the new type; where the attribute cannot hold it, in a new attribute."""
    TAKE_OPTIONS = "take_options"
    """Make the attribute's options those of the CRM."""
    ACCEPT = "accept"
    """Go on under the new description."""
    NONE = "none"
    """Only the CRM's administrator can set it right."""


@dataclass(frozen=True, slots=True)
class Fix:
    """What is offered; `moves` are old and new path, for MAP_TO."""

    kind: FixKind
    moves: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Drift:
    """One change, what it stops, and the one thing offered about it."""

    kind: DriftKind
    severity: Severity
    object: str
    field: str
    """The API name as it was; '' for the object as a whole."""
    label: str
    before: str
    now: str
    paths: tuple[str, ...]
    """The field paths of the mappings it touches."""
    attributes: tuple[str, ...]
    """Their attributes, in the same order."""
    fix: Fix

    @property
    def key(self) -> str:
        """Name the drift within its integration."""
        return f"{self.object}.{self.field}:{self.kind.value}"

    @property
    def code(self) -> str:
        """Give the code of its sentence."""
        return f"drift.{self.kind.value}"

    @property
    def facts(self) -> dict[str, str]:
        """Give the facts of its sentence."""
        return {
            "object": self.object,
            "field": self.field or self.object,
            "label": self.label,
            "before": self.before,
            "now": self.now,
        }

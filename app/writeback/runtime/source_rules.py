"""Check what a mapping says of values coming in: the default of an empty one, the format of a text.

Must not: ask the CRM.
"""

from dataclasses import replace

from writeback.engine.reading_sources import zone_of
from writeback.errors import MappingError
from writeback.model.attributes import Attribute
from writeback.model.changes import Reason
from writeback.model.integrations import EmptyRule, FieldMapping
from writeback.model.types import AttributeType, Clear
from writeback.planning.coercing import coercer, text_of
from writeback.sdk.values import FieldInfo

_TEXTS = frozenset(
    {
        AttributeType.TEXT,
        AttributeType.LONG_TEXT,
        AttributeType.LIST,
        AttributeType.LIFECYCLE,
        AttributeType.EMAIL,
        AttributeType.URL,
    }
)


def checked(mapping: FieldMapping, attribute: Attribute, end: FieldInfo) -> FieldMapping:
    """Give the mapping with its default as it is stored.

    Args:
        mapping: As somebody wishes it.
        attribute: What the field feeds.
        end: The field, as described.

    Raises:
        MappingError: `mapping.bad_default`, `mapping.format_misfit`, `mapping.format_read_only`,
            `format.unknown_zone`.
    """
    _check_format(mapping, attribute, end)
    if mapping.empty_rule is not EmptyRule.DEFAULT:
        return replace(mapping, empty_default="")
    text = mapping.empty_default.strip() or attribute.default
    read = coercer(attribute.kind, options=attribute.options, is_restricted=bool(attribute.options))(text)
    if not text or isinstance(read, Reason | Clear):
        raise MappingError(
            "mapping.bad_default", field=str(mapping.path), value=text[:80], type=attribute.kind.value
        )
    return replace(mapping, empty_default=text_of(read) or "")


def _check_format(mapping: FieldMapping, attribute: Attribute, end: FieldInfo) -> None:
    form = mapping.source_format
    if not form:
        return
    if end.kind not in _TEXTS or not form.fits(attribute.kind):
        raise MappingError(
            "mapping.format_misfit",
            field=str(mapping.path),
            format=str(form),
            type=attribute.kind.value,
            source=end.kind.value if end.kind is not None else end.crm_type,
        )
    zone_of(form.zone)
    if mapping.write_back:
        raise MappingError("mapping.format_read_only", field=str(mapping.path))

"""What the parts of a configuration file are called."""

from typing import Final

from writeback.gui.translating import Words, mark, tr
from writeback.model.configurations import ConfigItem, Deed, ItemKind

KIND_WORDS: Final = Words(
    {
        ItemKind.ENTITY: mark("Entity"),
        ItemKind.ATTRIBUTE: mark("Attribute"),
        ItemKind.INTEGRATION: mark("Integration"),
        ItemKind.MAPPING: mark("Mapping"),
        ItemKind.WRITE_BACK: mark("Write-back"),
        ItemKind.SCHEDULE: mark("Schedule (comes paused)"),
        ItemKind.SEGMENT: mark("Segment"),
        ItemKind.FORM: mark("Insight form"),
        ItemKind.LIMIT: mark("Guard"),
    }
)
DEED_WORDS: Final = Words(
    {
        Deed.ADD: mark("be new here"),
        Deed.CHANGE: mark("change what is here"),
        Deed.SAME: mark("change nothing"),
        Deed.BLOCKED: mark("not be imported"),
    }
)
_MARKS: Final = {Deed.ADD: "+", Deed.CHANGE: "≠", Deed.SAME: "=", Deed.BLOCKED: "⊠"}
DIFF_WORDS: Final = Words(
    {
        "title": mark("Title"),
        "description": mark("Description"),
        "default": mark("Default"),
        "editable": mark("Edited by hand"),
        "options": mark("Options"),
        "text": mark("Text"),
        "entity": mark("Entity"),
        "published": mark("Offered"),
        "fields": mark("Fields"),
        "filter": mark("Filter"),
        "attribute": mark("Attribute"),
        "write_back": mark("Write-back"),
        "reference_mode": mark("Reference type"),
        "conflict_rule": mark("Conflict rule"),
        "blank_rule": mark("Blank rule"),
        "empty_rule": mark("Empty rule"),
        "empty_default": mark("Default"),
        "source_format": mark("Source format"),
        "value_map": mark("Value map"),
        "unknown_rule": mark("Unknown values"),
        "unknown_default": mark("Default for unknown values"),
        "transforms": mark("Transforms"),
    }
)


def title_of(one: ConfigItem) -> str:
    """Say in one line what a part is and what importing it would do."""
    kind = KIND_WORDS[one.kind]
    if one.where:
        told = tr("{kind}: {title} · {where}", kind=kind, title=one.title, where=one.where)
    else:
        told = tr("{kind}: {title}", kind=kind, title=one.title)
    return f"{_MARKS[one.deed]} {told}"

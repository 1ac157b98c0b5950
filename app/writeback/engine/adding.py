"""Edits that add to a list or take from it: intents that are laid over what stands there by then.

Must not: say what becomes of an edit (`editing` does), ask a CRM.
"""

from collections import abc
from dataclasses import replace
from datetime import datetime

from writeback.model.attributes import Attribute
from writeback.model.changes import Change, Origin, Reason
from writeback.model.deltas import Delta, MultiMode
from writeback.model.types import CLEAR, RecordId, Value, Wish
from writeback.store.drafts import Draft


def delta_of(attribute: Attribute, mode: MultiMode, options: Wish) -> Delta | Reason:
    """Give what is added to an attribute or taken from it; only a list takes that."""
    if not isinstance(options, tuple):
        return Reason("value.no_list", (("field", attribute.name),))
    return Delta.of(mode, options)


def draft_of(
    record: RecordId,
    attribute: Attribute,
    delta: Delta,
    *,
    old: Value,
    seen: abc.Mapping[str, Value],
    by: tuple[str, Origin, datetime],
) -> Draft:
    """Give the draft of an intent: `new` is what it makes of what was seen."""
    author, origin, at = by
    change = Change(record, attribute.name, old, delta.over(old) or CLEAR)
    return Draft(change, attribute.entity, attribute.kind, author, origin, at, seen, delta)


def over(earlier: Draft | None, draft: Draft) -> Draft:
    """Give an edit that adds and takes as one with the edit of the same value that waits already."""
    if draft.delta is None or earlier is None:
        return draft
    before = earlier.change.new
    change = replace(draft.change, new=draft.delta.over(before) or CLEAR)
    delta = None if earlier.delta is None else earlier.delta.then(draft.delta)
    return replace(draft, change=change, delta=delta)


def is_needless(draft: Draft) -> bool:
    """Say whether an intent changes nothing in any list that was seen."""
    held = (draft.change.old, *draft.seen.values())
    return draft.delta is not None and all(draft.delta.over(one) == (one or ()) for one in held)

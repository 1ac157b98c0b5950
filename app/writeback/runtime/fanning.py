"""How a value stands in each CRM that takes it, and how it stands as a whole: by the worst of them. Pure."""

from collections import abc
from dataclasses import replace
from typing import Final

from writeback.model.types import Value
from writeback.runtime.views import AUTOMATED, CONFIRMED, Mark, Target, TargetState
from writeback.store.records import Link

RANKS: Final = ("conflict", "refused", "unknown", "sent", "queued", "draft", AUTOMATED, CONFIRMED)
"""The worst first: what a person has to do something about before what goes on by itself."""


def target_states(
    targets: abc.Iterable[Target],
    links: abc.Iterable[Link],
    marks: abc.Mapping[str, Mark],
    *,
    draft: Mark | None,
    reasons: abc.Mapping[str, str],
) -> tuple[TargetState, ...]:
    """Give how one value of a record stands in each CRM it is written to.

    Args:
        targets: The mappings of its attribute.
        links: The CRM records behind its record.
        marks: How edits of it stand, by integration.
        draft: The edit of it that is not written everywhere yet.
        reasons: By job: why it waits.
    """
    by_integration = {link.integration_id: link for link in links if not link.is_gone}
    return tuple(
        _state(target, link, marks.get(target.integration.id), draft=draft, reasons=reasons)
        for target in targets
        if target.mapping.write_back and (link := by_integration.get(target.integration.id)) is not None
    )


def worst(marks: abc.Iterable[Mark]) -> Mark | None:
    """Give the mark that stands for a value as a whole."""
    return min(marks, key=lambda mark: RANKS.index(mark.state), default=None)


def is_true(mark: Mark, value: Value) -> bool:
    """Say whether a mark still tells of the value that stands there: what automation made may be gone."""
    return mark.state != AUTOMATED or mark.new == value


def with_targets(mark: Mark, states: tuple[TargetState, ...]) -> Mark:
    """Let a mark tell of its targets, where there are several."""
    return replace(mark, targets=states) if len(states) > 1 else mark


def _state(
    target: Target, link: Link, mark: Mark | None, *, draft: Mark | None, reasons: abc.Mapping[str, str]
) -> TargetState:
    value = link.values.get(target.mapping.attribute)
    told = TargetState(
        integration_id=target.integration.id,
        connection=target.connection.name,
        object=target.integration.object,
        key=link.key,
        state=CONFIRMED if draft is None or value == draft.new else "draft",
        value=value,
    )
    if mark is None or not is_true(mark, value):
        return told
    return replace(
        told,
        state=mark.state,
        theirs=mark.theirs,
        code=mark.code or reasons.get(mark.job_id, ""),
        message=mark.message,
        job_id=mark.job_id,
    )

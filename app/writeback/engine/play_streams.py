"""What a play would write, as streams of a plan: of a dry run, so nothing of it is kept anywhere.

Must not: keep a draft, judge.
"""

from collections import abc
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from writeback.engine.edited_rows import Edited
from writeback.engine.editing import Asked, wished_drafts
from writeback.engine.gathering_drafts import Gathering
from writeback.engine.play_rows import PlayValue
from writeback.engine.reaching import LastReachOf, ReachOf
from writeback.model.integrations import Integration
from writeback.model.plays import PlayRow
from writeback.planning.inputs import PlanStream
from writeback.store import integrations, records, targets
from writeback.store.drafts import Draft
from writeback.store.workspace import Workspace

_PAGE: Final = 1_000


def gather_rows(
    workspace: Workspace,
    rows: abc.Iterable[PlayRow],
    *,
    entity: str,
    asked: Asked,
    reach_of: ReachOf,
    last_reach_of: LastReachOf,
    to: abc.Container[str] | None = None,
) -> abc.Iterator[PlanStream]:
    """Give a stream for each integration that takes values of some rows of a play.

    Args:
        workspace: Where the records are.
        rows: What the play does.
        entity: Whose records they are.
        asked: Who asks.
        reach_of: Gives connections with their descriptions.
        last_reach_of: Gives what was last read of a CRM that cannot be asked now.
        to: Only these connections; None: all.

    Raises:
        UnknownAttributeError: A record or attribute went meanwhile.
    """
    edits = [PlayValue.of(row.record, one) for row in rows for one in row.edits]
    wished = wished_drafts(edits, workspace=workspace, asked=asked)
    with workspace.reading() as db:
        feeding = integrations.every(db, entity=entity)
    changed = {draft.change.attribute for draft in wished}
    for one in feeding:
        if to is not None and one.connection_id not in to:
            continue
        names = tuple(sorted(name for name in changed if targets.writers((one,), name)))
        if names:
            pages = _Pages(workspace, one, wished, frozenset(names))
            yield from Gathering(workspace, one, names, pages).streams(reach_of, last_reach_of)


@dataclass(frozen=True, slots=True)
class _Pages:
    """Values that one CRM takes, some at a time; from the start by each call."""

    workspace: Workspace
    integration: Integration
    wished: tuple[Draft, ...]
    names: frozenset[str]

    def __call__(self) -> abc.Iterator[abc.Sequence[Edited]]:
        by_record = groupby(self._mine(), key=lambda draft: draft.change.record)
        waiting = [(record, tuple(edits)) for record, edits in by_record]
        for start in range(0, len(waiting), _PAGE):
            some = waiting[start : start + _PAGE]
            with self.workspace.reading() as db:
                links = records.links_of(db, (self.integration,), [record for record, _ in some])
            keys = {rid: found[0].key for rid, found in links.items() if found and not found[0].is_gone}
            page = [Edited(record, keys[record], edits) for record, edits in some if record in keys]
            if page:
                yield page

    def _mine(self) -> abc.Iterator[Draft]:
        return (draft for draft in self.wished if draft.change.attribute in self.names)

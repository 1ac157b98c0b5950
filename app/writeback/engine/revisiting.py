"""Look again, before anything is sent, at the records that a job's references shall point at.

They were found when the plan was made; since then one may have been deleted, or its user left. They are
looked up by id, never by name, once a job: a row that would point at one of them ends here with the reason.

Must not: send; choose another record.
"""

from collections import abc
from typing import Final

from writeback.engine import settling
from writeback.engine.drift_gate import describe
from writeback.engine.looking_up import MOST_TARGETS, VALUES_A_CALL
from writeback.engine.turns import Turn, log
from writeback.errors import GuardError, InvalidRequestError, RefusedError
from writeback.model.canonical import row_from_text
from writeback.model.jobs import Outcome
from writeback.store import pointing
from writeback.store.ledger import RowOutcome

GONE: Final = "reference.target_gone"
INACTIVE: Final = "reference.target_inactive"


def drop_vanished(turn: Turn) -> None:
    """Reject the rows of a batch whose reference would point at a record that is gone or not active.

    Raises:
        RetryableError: The CRM could not be asked; the rows stay queued.
        LostClaimError: The batch was taken over.
    """
    for place, codes in _lost(turn).items():
        with turn.workspace.reading() as db:
            rows = pointing.open_rows_to(db, turn.job.id, turn.claim.span, place=place, ids=codes)
        field = turn.columns[place].field
        meant = {row.seq: str(row_from_text(row.new, turn.kinds)[place]) for row in rows}
        ended = [
            RowOutcome(row.seq, Outcome.REJECTED, codes[meant[row.seq]], fields=(field,)) for row in rows
        ]
        settling.settle_unsent(turn, rows, ended)


def _lost(turn: Turn) -> dict[int, dict[str, str]]:
    """Give by column which ids are lost and why; asked once a job in this process."""
    known = turn.desk.seen.lost.get(turn.job.id)
    if known is None:
        known = {place: lost for place, targets in _pointing(turn) if (lost := _ask(turn, place, targets))}
        turn.desk.seen.lost[turn.job.id] = known
    return known


def _pointing(turn: Turn) -> abc.Iterator[tuple[int, tuple[str, ...]]]:
    """Give the columns that point at records, with the objects that these may be of."""
    for place, column in enumerate(turn.columns):
        info = turn.description.field(column.field)
        if info is not None and info.reference is not None and info.reference.targets[MOST_TARGETS:] == ():
            yield place, info.reference.targets


def _ask(turn: Turn, place: int, targets: tuple[str, ...]) -> dict[str, str]:
    with turn.workspace.reading() as db:
        left = pointing.targets_of(db, turn.job.id, place)
    lost: dict[str, str] = {}
    for target in targets:
        if not left:
            break
        found = _find(turn, target, left)
        if found is None:
            return {}
        lost |= dict.fromkeys((one for one, active in found.items() if not active), INACTIVE)
        left = tuple(one for one in left if one not in found)
    return lost | dict.fromkeys(left, GONE)


def _find(turn: Turn, target: str, ids: tuple[str, ...]) -> dict[str, bool] | None:
    """Say of those that are there whether they are active; None where this user may not look."""
    found: dict[str, bool] = {}
    try:
        by = describe(turn.desk, turn.session, turn.connection.id, target).key_field
        for start in range(0, len(ids), VALUES_A_CALL):
            some = ids[start : start + VALUES_A_CALL]
            turn.calls += 1
            answer = turn.session.find(target, by=by, values=some)
            found |= {one: any(each.is_active for each in answer[one]) for one in some if answer.get(one)}
    except (RefusedError, InvalidRequestError, GuardError) as error:  # the CRM will say as it is written
        log.info("what job %s points at cannot be looked up: %s", turn.job.id, error)
        return None
    return found

"""Find out who wrote later in the rows whose rule *newest* hangs on it: our person, or the CRM.

The moment of a record's last change comes with the read that compares it, by the field that the object's
description names. Only where it is not older than our edit the values' own histories are asked, in one
read for all rows in question; what no history tells whole is judged by the record's moment.

Must not: decide a row (`planning.sorting` does), know a CRM's name.
"""

from collections import abc
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from writeback.engine import tracing
from writeback.engine.turns import log
from writeback.errors import RefusedError
from writeback.model.jobs import Column
from writeback.model.types import Value
from writeback.planning.dating import Newer, Newest, newer_of
from writeback.sdk.capabilities import History, ReadsHistory
from writeback.sdk.connector import Session
from writeback.sdk.values import ObjectDescription

Edited = abc.Sequence[datetime | None]
"""When our person edited each column of a row; empty: nobody knows."""


class Dispute(NamedTuple):
    """One row whose verdict hangs on who wrote later."""

    key: int
    """The row's number."""
    record_id: str
    places: tuple[int, ...]
    edited: Edited
    theirs: abc.Sequence[Value]
    modified: datetime | None
    """When the record was last written, by the CRM's clock."""

    def edited_at(self, place: int) -> datetime | None:
        """Give when our person edited one column."""
        return self.edited[place] if place < len(self.edited) else None


@dataclass(frozen=True, slots=True)
class Dater:
    """Dates the rows of one job against one CRM."""

    session: Session
    description: ObjectDescription
    columns: tuple[Column, ...]
    ahead: timedelta | None
    """How far the CRM's clock is ahead of ours; None: nobody measured it."""
    _spent: list[int] = field(default_factory=list)

    @property
    def paths(self) -> tuple[str, ...]:
        """What to read of a record: its columns, and behind them its moment where the CRM has one."""
        fields = tuple(column.field for column in self.columns)
        moment = self.description.modified_field
        return (*fields, moment) if moment else fields

    def split(self, values: tuple[Value, ...]) -> tuple[tuple[Value, ...], datetime | None]:
        """Part what was read by `paths` into columns and moment."""
        width = len(self.columns)
        moment = values[width] if len(values) > width else None
        return values[:width], moment if isinstance(moment, datetime) else None

    def take_reads(self) -> int:
        """Give how many reads of histories were made and not counted yet."""
        reads = len(self._spent)
        self._spent.clear()
        return reads

    def date(self, disputes: abc.Sequence[Dispute]) -> dict[int, Newest]:
        """Say by row number who wrote later in each of its places.

        Raises:
            ConnectorError: Histories could not be read.
        """
        doubtful = [
            one for one in disputes if any(self._by_record(one, at) is not Newer.OURS for at in one.places)
        ]
        histories = self._histories(doubtful)
        return {one.key: self._newest(one, histories.get(one.record_id)) for one in disputes}

    def _newest(self, one: Dispute, history: History | None) -> Newest:
        def newest(place: int) -> Newer:
            column = self.columns[place]
            value = tracing.written_at(history, column, one.theirs[place], same=self.session.same_value)
            return newer_of(one.edited_at(place), record=one.modified, value=value, ahead=self.ahead)

        return newest

    def _by_record(self, one: Dispute, place: int) -> Newer:
        return newer_of(one.edited_at(place), record=one.modified, ahead=self.ahead)

    def _histories(self, doubtful: abc.Sequence[Dispute]) -> abc.Mapping[str, History]:
        if not doubtful or not isinstance(self.session, ReadsHistory):
            return {}
        places = sorted({place for one in doubtful for place in one.places})
        fields = list(dict.fromkeys(self.columns[place].field for place in places))
        since: dict[str, str | None] = dict.fromkeys((one.record_id for one in doubtful), None)
        self._spent.append(len(since))
        try:
            return self.session.read_history(self.description.name, since=since, fields=fields)
        except RefusedError as error:  # nobody will be let see it later: the record's moment decides
            log.warning("no history of %s to date by: %s", self.description.name, error)
            return {}

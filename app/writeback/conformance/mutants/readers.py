"""Mutants that describe or read wrongly."""

from collections import abc
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from writeback.conformance.mutants.making import Methods, Mutant, session_mutant
from writeback.errors import ConnectorError, RetryableError
from writeback.model.connections import Org
from writeback.model.types import AttributeType, Value
from writeback.sdk.connector import ReadQuery
from writeback.sdk.values import Candidate, FieldInfo, ObjectDescription, Page

Kind = Any
"""A session's class: its methods are those of `Session`."""


def _describing(change: abc.Callable[[FieldInfo], FieldInfo]) -> abc.Callable[[Kind], Methods]:
    """Spoil every field of every description."""

    def spoil(kind: Kind) -> Methods:
        def describe(self: object, object_name: str) -> ObjectDescription:
            told: ObjectDescription = kind.describe(self, object_name)
            return replace(told, fields=tuple(change(info) for info in told.fields))

        return {"describe": describe}

    return spoil


def _reading(change: abc.Callable[[ReadQuery], ReadQuery]) -> abc.Callable[[Kind], Methods]:
    """Ask something else than was asked."""
    return lambda kind: {"read": lambda self, query: kind.read(self, change(query))}


def _restless(kind: Kind) -> Methods:
    count = iter(range(1_000_000))

    def whoami(self: object) -> Org:
        org: Org = kind.whoami(self)
        return replace(org, id=f"{org.id}{next(count)}")

    return {"whoami": whoami}


def _forgiving(name: str, answer: object) -> abc.Callable[[Kind], Methods]:
    """Answer where the CRM refused."""

    def spoil(kind: Kind) -> Methods:
        def call(self: object, *args: object, **options: object) -> object:
            try:
                return getattr(kind, name)(self, *args, **options)
            except ConnectorError:
                return answer

        return {name: call}

    return spoil


def _forgiving_reads(kind: Kind) -> Methods:
    def read(self: object, query: ReadQuery) -> abc.Iterator[Page]:
        try:
            yield from kind.read(self, query)
        except ConnectorError:
            return

    return {"read": read}


def _first_page_only(kind: Kind) -> Methods:
    def read(self: object, query: ReadQuery) -> abc.Iterator[Page]:
        yield next(iter(kind.read(self, query)))

    return {"read": read}


def _columns_swapped(kind: Kind) -> Methods:
    def read(self: object, query: ReadQuery) -> abc.Iterator[Page]:
        for page in kind.read(self, query):
            yield replace(
                page, rows=[(one, version, tuple(values)[::-1]) for one, version, values in page.rows]
            )

    return {"read": read}


def _blind_to_paths(kind: Kind) -> Methods:
    def read(self: object, query: ReadQuery) -> abc.Iterator[Page]:
        for page in kind.read(self, query):
            dotted = ["." in path for path in query.paths]
            yield replace(
                page,
                rows=[
                    (
                        one,
                        version,
                        tuple(
                            None if is_hop else value for is_hop, value in zip(dotted, values, strict=True)
                        ),
                    )
                    for one, version, values in page.rows
                ],
            )

    return {"read": read}


def _nothing_since(kind: Kind) -> Methods:
    def read(self: object, query: ReadQuery) -> abc.Iterator[Page]:
        return iter(()) if query.since is not None else kind.read(self, query)

    return {"read": read}


def _rows_by_place(kind: Kind) -> Methods:
    """Takes the rows of a fetch for those asked, one after the other."""

    def fetch(
        self: object, object_name: str, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]
    ) -> Page:
        page: Page = kind.fetch(self, object_name, by=by, keys=keys, paths=paths)
        rows = [
            (key, version, values) for key, (_, version, values) in zip(keys[::-1], page.rows, strict=False)
        ]
        return replace(page, rows=rows)

    return {"fetch": fetch}


def _key_left_out(kind: Kind) -> Methods:
    def fetch(
        self: object, object_name: str, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]
    ) -> Page:
        page: Page = kind.fetch(self, object_name, by=by, keys=keys, paths=paths)
        extra = len(page.columns) - len(paths)
        return Page(
            page.columns[extra:], [(one, version, values[extra:]) for one, version, values in page.rows]
        )

    return {"fetch": fetch}


def _few_keys(kind: Kind) -> Methods:
    def fetch(
        self: object, object_name: str, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]
    ) -> Page:
        page: Page = kind.fetch(self, object_name, by=by, keys=keys[:20], paths=paths)
        return page

    return {"fetch": fetch}


def _only_the_found(kind: Kind) -> Methods:
    def find(self: object, object_name: str, *, by: str, values: abc.Sequence[str]) -> object:
        found = kind.find(self, object_name, by=by, values=values)
        return {value: candidates for value, candidates in found.items() if candidates}

    return {"find": find}


def _quotes_unescaped(kind: Kind) -> Methods:
    """A quote in a value ends the condition: everybody is found."""

    def find(self: object, object_name: str, *, by: str, values: abc.Sequence[str]) -> object:
        found = kind.find(self, object_name, by=by, values=values)
        anybody = (Candidate("anybody", "Anybody"),)
        return {value: anybody if "'" in value else candidates for value, candidates in found.items()}

    return {"find": find}


def _first_of_all(kind: Kind) -> Methods:
    """Finds the first record, whoever was asked for."""

    def find(self: object, object_name: str, *, by: str, values: abc.Sequence[str]) -> object:
        found = kind.find(self, object_name, by=by, values=values)
        first = next((candidates for candidates in found.values() if candidates), ())
        kept: tuple[Candidate, ...] = firsts.setdefault(object_name, first)
        return {value: kept if candidates else () for value, candidates in found.items()}

    firsts: dict[str, tuple[Candidate, ...]] = {}
    return {"find": find}


def _fetching(kind_of: frozenset[type], change: abc.Callable[[Any], Any]) -> abc.Callable[[Kind], Methods]:
    """Bend values of some Python types as they are fetched."""

    def bent(value: Value) -> object:
        return change(value) if type(value) in kind_of else value

    def spoil(kind: Kind) -> Methods:
        def fetch(self: object, object_name: str, **asked: object) -> Page:
            page: Page = kind.fetch(self, object_name, **asked)
            rows = [
                (one, version, tuple(bent(value) for value in values)) for one, version, values in page.rows
            ]
            return replace(page, rows=rows)  # type: ignore[arg-type]  # the wrong types are the point

        return {"fetch": fetch}

    return spoil


def _same_forever(name: str) -> abc.Callable[[Kind], Methods]:
    """Remembers the first answer for the life of the program."""

    def spoil(kind: Kind) -> Methods:
        def call(self: object, *args: object) -> object:
            if args not in kept:
                kept[args] = getattr(kind, name)(self, *args)
            return kept[args]

        return {name: call}

    kept: dict[tuple[object, ...], object] = {}
    return spoil


def _as_text(info: FieldInfo) -> FieldInfo:
    return replace(info, kind=AttributeType.TEXT, options=(), is_restricted=False)


def _busy_is_none(kind: Kind) -> Methods:
    def count(self: object, object_name: str, condition: str = "") -> int:
        try:
            return int(kind.count(self, object_name, condition))
        except RetryableError:
            return 0

    return {"count": count}


def _untyped_errors(kind: Kind) -> Methods:
    def count(self: object, object_name: str, condition: str = "") -> int:
        try:
            return int(kind.count(self, object_name, condition))
        except ConnectorError as error:
            raise RuntimeError(str(error)) from None

    return {"count": count}


MUTANTS: tuple[Mutant, ...] = (
    session_mutant("restless_org", "describing.org_says_who_it_is", spoil=_restless),
    session_mutant(
        "listed_twice",
        "describing.objects_are_listed_once",
        spoil=lambda kind: {"objects": lambda self: kind.objects(self) * 2},  # type: ignore[attr-defined]
    ),
    session_mutant(
        "key_may_be_written",
        "describing.object_names_its_key_fields",
        "describing.read_only_fields_are_marked",
        spoil=_describing(lambda info: replace(info, is_updateable=True, is_calculated=False)),
    ),
    session_mutant(
        "all_is_text",
        "describing.fields_have_their_types",
        "values.booleans_are_read_in_all_spellings",
        spoil=_describing(_as_text),
    ),
    session_mutant(
        "no_lengths",
        "describing.texts_tell_their_length",
        "values.longer_text_is_refused_before_a_call",
        spoil=_describing(lambda info: replace(info, length=None)),
    ),
    session_mutant(
        "no_options",
        "describing.lists_tell_their_options",
        spoil=_describing(lambda info: replace(info, options=())),
    ),
    session_mutant(
        "no_references",
        "describing.references_tell_where_they_lead",
        spoil=_describing(lambda info: replace(info, reference=None)),
    ),
    session_mutant(
        "counts_what_is_not_there",
        "describing.unknown_object_is_refused_with_a_type",
        spoil=_forgiving("count", 0),
    ),
    session_mutant("first_page_only", "reading.pull_gives_every_record_once", spoil=_first_page_only),
    session_mutant("columns_swapped", "reading.rows_stand_in_their_columns", spoil=_columns_swapped),
    session_mutant(
        "no_limit", "reading.limit_is_kept", spoil=_reading(lambda query: replace(query, limit=None))
    ),
    session_mutant("blind_to_paths", "reading.paths_lead_through_references", spoil=_blind_to_paths),
    session_mutant("nothing_since", "reading.since_gives_what_changed", spoil=_nothing_since),
    session_mutant(
        "no_filter",
        "reading.filter_selects",
        "reading.filter_that_is_none_is_refused",
        spoil=_reading(lambda query: replace(query, filter="")),
    ),
    session_mutant(
        "compiles_to_nothing",
        "filtering.filters_select_what_they_say",
        "filtering.filters_on_nothing_are_refused",
        spoil=lambda _kind: {"compile_filter": lambda _self, _description, _condition: ""},
    ),
    session_mutant(
        "empty_for_refused",
        "reading.unknown_path_is_refused",
        "reading.cut_page_is_never_a_whole_one",
        spoil=_forgiving_reads,
    ),
    session_mutant("rows_by_place", "reading.fetch_gives_the_records_named", spoil=_rows_by_place),
    session_mutant("key_left_out", "reading.fetch_by_another_key_names_it", spoil=_key_left_out),
    session_mutant("few_keys", "reading.fetch_of_many_keys_is_whole", spoil=_few_keys),
    session_mutant("only_the_found", "reading.find_answers_for_every_value", spoil=_only_the_found),
    session_mutant("quotes_unescaped", "reading.find_takes_hostile_text", spoil=_quotes_unescaped),
    session_mutant("busy_is_none", "reading.busy_read_ends_typed", spoil=_busy_is_none),
    session_mutant("untyped_errors", "failing.errors_are_of_our_tree", spoil=_untyped_errors),
    session_mutant("no_quota", "reading.usage_is_told", spoil=lambda _kind: {"usage": lambda _self: ()}),
    session_mutant("first_of_all", "writing.references_are_repointed", spoil=_first_of_all),
    session_mutant(
        "whole_numbers_as_text", "values.integers_round_trip", spoil=_fetching(frozenset({int}), str)
    ),
    session_mutant(
        "money_as_float",
        "values.decimals_keep_their_digits",
        "values.money_keeps_its_digits",
        spoil=_fetching(frozenset({Decimal}), float),
    ),
    session_mutant(
        "a_day_late",
        "values.dates_round_trip",
        spoil=_fetching(frozenset({date}), lambda value: value + timedelta(days=1)),
    ),
    session_mutant(
        "no_time_zone",
        "values.moments_keep_their_instant",
        spoil=_fetching(frozenset({datetime}), lambda value: value.replace(tzinfo=None)),
    ),
    session_mutant(
        "described_once",
        "surviving.dropped_field_stops_the_job",
        "surviving.protected_field_stops_the_job",
        spoil=_same_forever("describe"),
    ),
    session_mutant(
        "deaf_to_the_schema",
        "surviving.refusal_reveals_a_dropped_field",
        spoil=lambda _kind: {"is_about_schema": lambda _self, _code: False},
    ),
    session_mutant(
        "one_org_forever",
        "surviving.other_org_is_refused_at_sign_in",
        "surviving.other_org_gets_no_write",
        spoil=_same_forever("whoami"),
    ),
)

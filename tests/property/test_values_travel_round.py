"""A value goes out by every route of every CRM, is stored, is read, and is the value that was written.

Per CRM, route and type: values at the edges of what the type can hold, those that the checks before sending
let through. A CRM may still refuse one; it may never keep another one in its place.
"""

from collections import abc
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.doubles.four_crms import CELLS, CRMS, CrmRoom, crm_rooms
from writeback.errors import InvalidRequestError
from writeback.model.canonical import row_to_text, wish
from writeback.model.fieldpaths import FieldPath
from writeback.model.jobs import Column, Outcome, RemoteState, Route
from writeback.model.types import AttributeType, Value
from writeback.planning.checking import check_wish
from writeback.sdk.capabilities import WritesInBulk
from writeback.sdk.connector import FieldWish, Session, Write, WriteRequest
from writeback.sdk.values import FieldInfo

Rooms = abc.Callable[[str], CrmRoom]
ROWS = 12
"""So many values travel at once, one a record."""
QUIET = {
    "salesforce": {"automation": "off", "job_seconds": "0"},
    "hubspot": {"automation": "off"},
    "dynamics": {"automation": "off"},
    "zoho": {"automation": "off", "job_seconds": "0", "credits_per_day": "1000000"},
}
BERLIN = ZoneInfo("Europe/Berlin")
NIGHTS = [
    datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)
    for month, day in ((3, 29), (10, 25))
    for hour in (0, 1, 2, 3)
    for minute in (0, 59)
]
"""Both nights in which the clocks change."""
EDGES: dict[AttributeType, list[Value]] = {
    AttributeType.DATE: [date(1700, 1, 1), date(1970, 1, 1), date(2024, 2, 29), date(4000, 12, 31), date.max],
    AttributeType.DATETIME: [
        *NIGHTS,
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
    ],
    AttributeType.TEXT: [
        "#N/A",
        "null",
        '"',
        "'",
        "\\",
        ",",
        ";",
        "=1+1",
        "+49",
        "a\tb",
        " x ",
        "é",
        "e\u0301",
    ],
    AttributeType.LONG_TEXT: [
        "a\nb",
        "a\r\nb",
        "\n",
        "x" * 2_000,
        "\u202eabc",
        "👩‍👩‍👧‍👦",
        "\ufeff",
        "<b>&amp;</b>",
    ],
}


DOUBLE = 15
"""So many digits a double keeps for certain."""
CHARACTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
ANYTHING = st.text(CHARACTERS, min_size=1, max_size=300)
FIXED: dict[AttributeType, st.SearchStrategy[Value]] = {
    AttributeType.BOOLEAN: st.booleans(),
    AttributeType.DATE: st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    AttributeType.DATETIME: st.datetimes(
        datetime(1971, 1, 1),  # noqa: DTZ001  bounds
        datetime(2999, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ).map(lambda at: at.replace(microsecond=0)),
    AttributeType.EMAIL: st.emails(),
    AttributeType.URL: st.from_regex(
        r"https://[a-z]{1,20}\.example/[A-Za-z0-9_~%&=?#-]{0,40}", fullmatch=True
    ),
    AttributeType.TEXT: st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40),
    AttributeType.LONG_TEXT: ANYTHING,
}


def rows_of(info: FieldInfo, kind: AttributeType) -> st.SearchStrategy[list[Value]]:
    """Give as many values as travel at once: half of them from what every CRM takes, half with the edges."""
    made = FIXED.get(kind)
    if made is None:
        made = _chosen(info, kind) if info.options else _counted(info, kind)
    half = ROWS // 2
    edges = [*EDGES.get(kind, ()), *(_least(info, kind))]
    wild = st.one_of(st.sampled_from(edges), made) if edges else made
    both = st.tuples(*(st.lists(one, min_size=half, max_size=half) for one in (made, wild)))
    return both.map(lambda halves: [*halves[0], *halves[1]])


def _least(info: FieldInfo, kind: AttributeType) -> list[Value]:
    """Give what is below nothing, which not every CRM lets be."""
    if info.options or kind not in (AttributeType.INTEGER, AttributeType.NUMBER, AttributeType.CURRENCY):
        return []
    return [-1, 0] if kind is AttributeType.INTEGER else [Decimal(-1), Decimal("0.00"), Decimal("-0")]


def _chosen(info: FieldInfo, kind: AttributeType) -> st.SearchStrategy[Value]:
    options = st.sampled_from([option.value for option in info.options])
    if kind is AttributeType.MULTI_LIST:
        return st.lists(options, min_size=1, unique=True).map(tuple)
    return options


def _counted(info: FieldInfo, kind: AttributeType) -> st.SearchStrategy[Value]:
    """Numbers up to as many digits as the field has, and as a double holds: JSON and CRMs know no others."""
    whole = 10 ** min(info.length or 9, DOUBLE - (info.scale or 0)) - 1
    if kind is AttributeType.INTEGER:
        return st.integers(0, min(whole, 2**30))
    return st.decimals(0, whole, places=info.scale or 0)


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Rooms]:
    with crm_rooms(tmp_path_factory.mktemp("travel"), **QUIET) as made:
        yield made


def session_of(room: CrmRoom) -> Session:
    return room.runtime.sessions.open(room.integration.connection_id)


def may_go(session: Session, info: FieldInfo, route: Route, value: Value) -> bool:
    """Say whether the plan would let a value through."""
    assert info.kind is not None
    if check_wish(info, wish(value)) is not None:
        return False
    is_upload = route is Route.BULK and isinstance(session, WritesInBulk)
    return not is_upload or session.bulk_refuses(info.kind, wish(value)) is None


def send(room: CrmRoom, info: FieldInfo, rows: abc.Mapping[str, Value], route: Route) -> set[str]:
    """Write a value into each record by a route; gives the records the CRM says it wrote."""
    assert info.kind is not None
    session, name = session_of(room), room.facts.object
    if route is Route.BULK:
        return _upload(session, name, info, rows)
    size = 1 if route is Route.SINGLE else len(rows)
    writes = [
        Write(key, key, None, (FieldWish(info.name, info.kind, wish(value)),)) for key, value in rows.items()
    ]
    applied: set[str] = set()
    for start in range(0, len(writes), size):
        applied |= _write(session, name, writes[start : start + size], route)
    return applied


def _write(session: Session, name: str, writes: abc.Sequence[Write], route: Route) -> set[str]:
    """Send one request; where it is refused for one row's sake, each row by itself."""
    request = WriteRequest(name, tuple(writes), route, is_conditional=False)
    try:
        results = session.write(session.prepare(request)).results
    except InvalidRequestError:
        if len(writes) == 1:
            return set()
        return {key for one in writes for key in _write(session, name, (one,), route)}
    return {one.key for one in results if one.outcome is Outcome.APPLIED}


def _upload(session: Session, name: str, info: FieldInfo, rows: abc.Mapping[str, Value]) -> set[str]:
    assert isinstance(session, WritesInBulk)
    assert info.kind is not None
    columns = (Column(FieldPath.parse(info.name), info.name, info.kind),)
    remote = session.bulk_create(name, columns).id
    encoder = session.bulk_encoder(columns)
    lines = [(key, row_to_text([value])) for key, value in rows.items()]
    remote = session.bulk_upload(remote, iter([encoder.header(), encoder.encode(lines)])) or remote
    remote = session.bulk_close(remote).id
    while session.bulk_poll(remote).state in (RemoteState.QUEUED, RemoteState.RUNNING, RemoteState.OPEN):
        pass
    return {key for page in session.bulk_results(remote) for key in page.applied}


TRIPS = [
    pytest.param((name, route, kind), marks=[pytest.mark.nightly] if route is Route.BATCH else [])
    for name, route in CELLS
    for kind in (*CRMS[name].fields, AttributeType.LIFECYCLE)
]
"""A batch carries values as single requests do; its cells run at night."""


@pytest.mark.parametrize("trip", TRIPS, ids=lambda trip: "-".join(map(str, trip)))
@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_a_value_travels_round(
    rooms: Rooms, trip: tuple[str, Route, AttributeType], data: st.DataObject
) -> None:
    name, route, kind = trip
    room = rooms(name)
    fields = CRMS[name].fields
    path = fields[AttributeType.LIST if kind is AttributeType.LIFECYCLE else kind]
    info = room.runtime.describe("C", room.facts.object).field(path)
    assert info is not None
    assert info.kind is not None
    session = session_of(room)
    keys = [room.key(one.id) for one in room.runtime.told.records("account", limit=ROWS).records]
    drawn = data.draw(rows_of(info, kind))
    rows = {key: value for key, value in zip(keys, drawn, strict=True) if may_go(session, info, route, value)}
    assert rows

    applied = send(room, info, rows, route)

    page = session.fetch(room.facts.object, by=room.facts.key, keys=keys, paths=(path,))
    held = {key: values[-1] for key, _, values in page.rows}
    wrong = {
        key: (rows[key], held[key])
        for key in applied
        if not session.same_value(info.kind, rows[key], held[key])
    }
    assert not wrong, next(iter(wrong.values()))
    assert applied  # some of what was drawn may be out of the CRM's own bounds

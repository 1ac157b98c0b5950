"""Checks on pulls, fetches and look-ups: everything once, in the columns asked for, with typed refusals."""

from writeback.conformance.benches import Bench
from writeback.conformance.checks import check, checks_in
from writeback.conformance.promises import NotApplicableError, Tier, expect
from writeback.conformance.stages import Stage
from writeback.errors import ConfigurationError, RefusedError, RetryableError
from writeback.model.types import AttributeType
from writeback.sdk.capabilities import ReadsChanges, ReportsUsage
from writeback.sdk.connector import ReadQuery
from writeback.sdk.values import Row

PageRow = tuple[str, str | None, Row]
HOSTILE = ("O'Neil", 'a"b', "a\\", "x' OR '1'='1", "%", "*", "(", "a\nb", "{{id}}", "💥")


@check(Tier.BRONZE)
def pull_gives_every_record_once(stage: Stage) -> None:
    """A pull gives every record once, over more than one page, as many as `count` counts."""
    bench = stage.shared
    pages = list(bench.session.read(ReadQuery(bench.name, (bench.describe().key_field,))))
    ids = [row[0] for page in pages for row in page.rows]
    expect(
        len(pages) > 1, f"{len(ids)} records came as {len(pages)} page: make the simulator's pages smaller"
    )
    expect(len(set(ids)) == len(ids), f"{len(ids) - len(set(ids))} records came twice")
    counted = bench.session.count(bench.name)
    expect(counted == len(ids), f"{counted} records are counted, {len(ids)} came")


@check(Tier.BRONZE)
def rows_stand_in_their_columns(stage: Stage) -> None:
    """Pages have the columns asked for, in that order, with an id, a version and a value for each."""
    bench = stage.shared
    described = bench.describe()
    paths = (described.name_field, bench.field(AttributeType.TEXT).name, described.key_field)
    for page in bench.session.read(ReadQuery(bench.name, paths)):
        expect(tuple(page.columns) == paths, f"asked for {paths}, got {page.columns}")
        for record_id, version, values in page.rows:
            expect(len(values) == len(paths), f"{record_id} has {len(values)} values")
            expect(values[2] == record_id, f"{record_id} stands in the row of {values[2]}")
            expect(version, f"{record_id} has no version")


@check(Tier.BRONZE)
def limit_is_kept(stage: Stage) -> None:
    """A pull with a limit gives so many records and no more."""
    bench = stage.shared
    rows = [
        row
        for page in bench.session.read(ReadQuery(bench.name, (bench.describe().key_field,), limit=7))
        for row in page.rows
    ]
    expect(len(rows) == 7, f"7 were asked for, {len(rows)} came")


@check(Tier.BRONZE)
def paths_lead_through_references(stage: Stage) -> None:
    """A dotted path gives the referenced record's own value."""
    bench, path = stage.shared, stage.subject.quality.probe.path
    if path is None:
        raise stage.subject.quality.lacking("path")
    hop, _, rest = path.partition(".")
    info = bench.describe().reference(hop)
    expect(info is not None, f"no reference stands for the hop {hop}")
    if info is None or info.reference is None:
        return
    pages = bench.session.read(ReadQuery(bench.name, (info.name, path)))
    target, told = next(
        ((str(row[2][0]), row[2][1]) for page in pages for row in page.rows if row[2][0]), ("", None)
    )
    expect(target, f"no record has a {info.name}")
    other = info.reference.targets[0]
    key = bench.session.describe(other).key_field
    page = bench.session.fetch(other, by=key, keys=[target], paths=[rest])
    expect(page.rows and page.rows[0][2][0] == told, f"{path} gave {told!r}, {other} holds another value")


@check(Tier.BRONZE)
def since_gives_what_changed(stage: Stage) -> None:
    """A pull since a version, or since the CRM's own token, holds what somebody changed after it."""
    with stage.bench() as bench:
        info = bench.field(AttributeType.TEXT)
        rows, since = _everything(bench, info.name)
        changed = rows[3][0]
        bench.crm.edit(bench.name, changed, {info.name: "changed by somebody"})
        newer, _ = _everything(bench, info.name, since=since)
        found = {row[0]: row[2][0] for row in newer}
        expect(found.get(changed) == "changed by somebody", "the changed record is missing")


@check(Tier.BRONZE)
def filter_selects(stage: Stage) -> None:
    """A filter selects some records and not others, and `count` counts the same."""
    bench, condition = stage.shared, stage.subject.quality.probe.filter
    if not condition:
        raise stage.subject.quality.lacking("filter")
    query = ReadQuery(bench.name, (bench.describe().key_field,), filter=condition)
    found = sum(len(page.rows) for page in bench.session.read(query))
    expect(0 < found < bench.session.count(bench.name), f"the filter selects {found}")
    counted = bench.session.count(bench.name, condition)
    expect(counted == found, f"{counted} are counted, {found} came")


@check(Tier.BRONZE)
def filter_that_is_none_is_refused(stage: Stage) -> None:
    """A filter that is not understood is refused with a typed error, and never gives rows."""
    bench = stage.shared
    try:
        list(
            bench.session.read(
                ReadQuery(bench.name, (bench.describe().key_field,), filter="no ((filter of any language")
            )
        )
    except (RefusedError, ConfigurationError):
        return
    expect(holds=False, found="a senseless filter was answered")


@check(Tier.BRONZE)
def unknown_path_is_refused(stage: Stage) -> None:
    """A path that is not there is refused with a typed error."""
    try:
        list(stage.shared.session.read(ReadQuery(stage.shared.name, ("Nothing_Of_That_Name",))))
    except (RefusedError, ConfigurationError):
        return
    expect(holds=False, found="an unknown path was answered")


@check(Tier.BRONZE)
def fetch_gives_the_records_named(stage: Stage) -> None:
    """A fetch gives the records named, each with its own values, and leaves out what is not there."""
    bench = stage.shared
    info, key = bench.field(AttributeType.TEXT), bench.describe().key_field
    pages = bench.session.read(ReadQuery(bench.name, (info.name,)))
    known = {row[0]: row[2] for page in pages for row in page.rows}
    wanted = [*list(known)[-3:][::-1], _not_there(bench)]
    page = bench.session.fetch(bench.name, by=key, keys=wanted, paths=[info.name])
    found = {row[0]: tuple(row[2]) for row in page.rows}
    expect(tuple(page.columns) == (info.name,), f"by id the columns are the paths, not {page.columns}")
    expect(found == {each: tuple(known[each]) for each in wanted[:-1]}, "other records or values came")


@check(Tier.BRONZE)
def fetch_by_another_key_names_it(stage: Stage) -> None:
    """A fetch by another field gives that field's value as the first column."""
    bench, wish = stage.shared, stage.subject.quality.probe.reference
    if wish is None:
        raise stage.subject.quality.lacking("reference")
    name = bench.session.describe(wish.object).name_field
    value, _ = _some_target(bench, stage)
    page = bench.session.fetch(wish.object, by=wish.by, keys=[value], paths=[name])
    expect(tuple(page.columns) == (wish.by, name), f"the columns are {page.columns}")
    expect(page.rows and page.rows[0][2][0] == value, f"no row for {value}")


@check(Tier.BRONZE)
def fetch_of_many_keys_is_whole(stage: Stage) -> None:
    """A fetch of more keys than a request holds gives each record once."""
    bench = stage.shared
    ids = bench.ids()
    page = bench.session.fetch(
        bench.name,
        by=bench.describe().key_field,
        keys=[*ids, *ids[:5]],
        paths=[bench.describe().name_field],
    )
    found = sorted(row[0] for row in page.rows)
    expect(found == sorted(ids), f"{len(ids)} were asked for, {len(found)} came")


@check(Tier.BRONZE)
def find_answers_for_every_value(stage: Stage) -> None:
    """A look-up answers for every value asked: with candidates, or with none."""
    bench, wish = stage.shared, stage.subject.quality.probe.reference
    if wish is None:
        raise stage.subject.quality.lacking("reference")
    value, target = _some_target(bench, stage)
    asked = [value, "nobody of that name"]
    found = bench.session.find(wish.object, by=wish.by, values=asked)
    expect(set(found) == set(asked), f"answers for {sorted(found)}")
    expect(target in {each.id for each in found[value]}, f"{value} was not found")
    expect(found["nobody of that name"] == (), "somebody was found who is not there")


@check(Tier.SILVER)
def find_takes_hostile_text(stage: Stage) -> None:
    """A look-up takes quotes, backslashes and query words as text: nobody is found by them."""
    bench, wish = stage.shared, stage.subject.quality.probe.reference
    if wish is None:
        raise stage.subject.quality.lacking("reference")
    found = bench.session.find(wish.object, by=wish.by, values=list(HOSTILE))
    expect(set(found) == set(HOSTILE), "not every value is answered")
    hit = [value for value, candidates in found.items() if candidates]
    expect(not hit, f"found somebody by {hit}")


@check(Tier.SILVER)
def busy_read_ends_typed(stage: Stage) -> None:
    """A read that the server refuses as busy ends in a typed error that says: again."""
    with stage.bench() as bench:
        session = bench.impatient()
        bench.arm("status", status=503, times=None)
        try:
            session.count(bench.name)
        except RetryableError:
            return
        expect(holds=False, found="a busy server was answered for")


@check(Tier.GOLD)
def cut_page_is_never_a_whole_one(stage: Stage) -> None:
    """A page that is cut off in the middle is asked for again or ends typed; it never counts as whole."""
    with stage.bench() as bench:
        query = ReadQuery(bench.name, (bench.describe().key_field,))
        session, ids = bench.impatient(), bench.ids()
        session.describe(bench.name)
        bench.arm("cut_download", bytes=200, skip=1, times=None)
        try:
            again = [row[0] for page in session.read(query) for row in page.rows]
        except RetryableError:
            return
        expect(sorted(again) == sorted(ids), f"{len(ids)} records are there, {len(again)} came")


@check(Tier.GOLD)
def usage_is_told(stage: Stage) -> None:
    """Quotas are told by name, with what is used and what there is."""
    session = stage.shared.session
    if not isinstance(session, ReportsUsage):
        raise NotApplicableError("ReportsUsage is not claimed")
    told = session.usage()
    expect(told, "no quota is told")
    expect(all(one.kind and 0 <= one.used <= one.most for one in told), f"{told[:3]}")


def _everything(bench: Bench, path: str, *, since: str | None = None) -> tuple[list[PageRow], str]:
    """Give all rows, and the version or token from which the next pull goes on."""
    query = ReadQuery(bench.name, (path,), since=since)
    session = bench.session
    if not isinstance(session, ReadsChanges) or not session.tracks(bench.name):
        rows = [row for page in session.read(query) for row in page.rows]
        return rows, max((str(row[1]) for row in rows), default="")
    rows, token = [], ""
    for changes in session.read_changes(query):
        rows += changes.page.rows
        token = changes.next_since or token
    expect(token, "the changes end without a token to go on from")
    return rows, token


def _not_there(bench: Bench) -> str:
    """Give an id of the right form that no record has."""
    some = bench.ids(1)[0]
    tail = "9" * 3 if some[-3:] != "999" else "8" * 3
    made = some[:-3] + tail
    return made if made not in bench.ids() else some[:-3] + "777"


def _some_target(bench: Bench, stage: Stage) -> tuple[str, str]:
    """Give a value by which a target of the probe's reference is found, and the target's id."""
    wish = stage.subject.quality.probe.reference
    if wish is None:
        raise stage.subject.quality.lacking("reference")
    rows = [
        row
        for page in bench.session.read(ReadQuery(wish.object, (wish.by,)))
        for row in page.rows
        if row[2][0]
    ]
    expect(rows, f"no {wish.object} has a {wish.by}")
    return str(rows[0][2][0]), rows[0][0]


CHECKS = checks_in(globals())

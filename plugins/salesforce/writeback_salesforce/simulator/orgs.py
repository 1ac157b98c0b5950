"""What an org says of itself: versions, resources, limits, describes, who is signed in."""

from collections import abc

from writeback.sdk.simulator import Answer, json_answer
from writeback_salesforce.simulator.conditions import http_date, is_unmodified
from writeback_salesforce.simulator.problems import not_found
from writeback_salesforce.simulator.state import Call, Org

Json = dict[str, object]
OLDEST, NEWEST = 41, 68
_SEASONS = ("Winter", "Summer", "Spring")


def versions() -> Answer:
    """GET /services/data: the one resource that asks for no token."""
    told = []
    for number in range(OLDEST, NEWEST + 1):
        back = NEWEST - number
        season, year = _SEASONS[back % 3], 27 - (back + 2) // 3  # the newest is Winter '27, three a year
        told.append(
            {"label": f"{season} '{year:02d}", "url": f"/services/data/v{number}.0", "version": f"{number}.0"}
        )
    return json_answer(told)


def resources(call: Call) -> Answer:
    """GET /services/data/vNN.0."""
    names = ("sobjects", "query", "queryAll", "limits", "composite", "jobs", "tooling", "search", "recent")
    told = {name: f"{call.base}/{name}" for name in names}
    return json_answer(told | {"identity": identity_url(call.org)})


def limits(call: Call) -> Answer:
    """GET /limits."""
    most = int(call.org.switches.number("calls_per_day"))
    told = {
        "ConcurrentAsyncGetReportInstances": {"Max": 200, "Remaining": 200},
        "DailyApiRequests": {"Max": most, "Remaining": max(0, most - call.org.calls)},
        "DailyBulkApiBatches": {"Max": 15000, "Remaining": 15000},
        "DailyBulkV2QueryFileStorageMB": {"Max": 976562, "Remaining": 976562},
        "DailyBulkV2QueryJobs": {"Max": 10000, "Remaining": 10000},
    }
    return json_answer(told)


def record_count(call: Call) -> Answer:
    """GET /limits/recordCount?sObjects=A,B."""
    names = [name for name in call.query.get("sObjects", "").split(",") if name]
    tables = (
        [call.org.tables.get(name.lower()) for name in names] if names else list(call.org.tables.values())
    )
    counted = [
        (table.sobject.name, table.count - len(table.deleted)) for table in tables if table is not None
    ]
    return json_answer({"sObjects": [{"count": count, "name": name} for name, count in counted if count]})


def global_describe(call: Call) -> Answer:
    """GET /sobjects."""
    return _described(call, lambda: call.org.catalogue.everything(call.version))


def describe(call: Call) -> Answer:
    """GET /sobjects/X/describe."""
    table = call.org.table(call.found[0])
    return _described(call, lambda: table.sobject.describe(call.version))


def show_object(call: Call) -> Answer:
    """GET /sobjects/X."""
    table = call.org.table(call.found[0])
    told = table.sobject.describe(call.version)
    short = {name: value for name, value in told.items() if not isinstance(value, list)}
    return json_answer({"objectDescribe": short, "recentItems": []})


def identity_url(org: Org) -> str:
    """Give the address that tells who is signed in."""
    return f"{org.url}/id/{org.org_id}/{org.user_id}"


def identity(org: Org) -> Answer:
    """GET /id/ORG/USER."""
    user = _user(org)
    told: Json = {
        "id": identity_url(org),
        "asserted_user": True,
        "user_id": org.user_id,
        "organization_id": org.org_id,
        "username": user["preferred_username"],
        "display_name": user["name"],
        "email": user["email"],
        "active": True,
        "user_type": "STANDARD",
        "urls": {
            "rest": f"{org.url}/services/data/v{{version}}/",
            "sobjects": f"{org.url}/services/data/v{{version}}/sobjects/",
        },
    }
    return json_answer(told)


def user_info(org: Org) -> Answer:
    """GET /services/oauth2/userinfo."""
    return json_answer(
        _user(org) | {"sub": identity_url(org), "user_id": org.user_id, "organization_id": org.org_id}
    )


def _user(org: Org) -> Json:
    users = org.tables["user"]
    row = users.row(org.user_id) or 0
    return {
        "preferred_username": users.value(row, "Username"),
        "email": users.value(row, "Email"),
        "email_verified": True,
        "name": users.value(row, "Name"),
        "given_name": users.value(row, "FirstName"),
        "family_name": users.value(row, "LastName"),
        "zoneinfo": "Europe/London",
        "active": True,
    }


def _described(call: Call, tell: abc.Callable[[], Json]) -> Answer:
    changed_at = call.org.schema_changed_at
    headers = {"Last-Modified": http_date(changed_at), "ETag": f'"{int(changed_at.timestamp()):x}"'}
    if is_unmodified(call, changed_at):
        return Answer(304, headers=headers)
    answer = json_answer(tell())
    answer.headers |= headers
    return answer


def not_here(call: Call) -> Answer:
    """Answer for resources that exist at the vendor's and not here (tooling)."""
    del call
    raise not_found()

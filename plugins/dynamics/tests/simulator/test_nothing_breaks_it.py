"""Whatever is asked, the answer is one a vendor gives: never a crash of the simulator itself."""

import json
import random

from plugins.dynamics.tests.simulator.conftest import NOW

from writeback.sdk.simulator import Body, Request
from writeback_dynamics.simulator import DataverseSimulator, build

PIECES = [
    "name",
    "nope",
    "revenue",
    "wb_segments",
    "statecode",
    "primarycontactid",
    "primarycontactid/fullname",
    "contact_customer_accounts",
    "contact_customer_accounts/any",
    "(",
    ")",
    ",",
    "'a'",
    "'",
    "5",
    "-1.5",
    "null",
    "true",
    "eq",
    "ne",
    "gt",
    "and",
    "or",
    "not",
    "contains",
    "startswith",
    "2026-01-01",
    "2026-01-01T00:00:00Z",
    "c:c/fullname",
    ":",
    "/",
    "@p",
    "Microsoft.Dynamics.CRM.In",
    "(PropertyName='name',PropertyValues=['a'])",
    "Microsoft.Dynamics.CRM.LastXDays",
    "(PropertyName='createdon',PropertyValue=99999)",
    "[",
    "]",
    "=",
    "asc",
    "desc",
    "$select=name",
    ";",
    "$expand=parentaccountid",
    '"x"',
    "_ownerid_value",
    "createdon",
    "ownerid",
    "versionnumber",
    "creditonhold",
    "any",
    "all",
    "AttributeType",
    "Microsoft.Dynamics.CRM.AttributeTypeCode'Status'",
    "LogicalName",
    "RequiredLevel/Value",
    "99999999999999999999",
    "1e999",
    "é",
]
OPTIONS = [
    "$select",
    "$filter",
    "$orderby",
    "$expand",
    "$top",
    "$count",
    "$skiptoken",
    "$deltatoken",
    "@p",
    "annotations",
    "partitionId",
]
VALUES = (
    None,
    1,
    -1,
    1.5,
    True,
    "x",
    "",
    [],
    {},
    "1,2",
    ",",
    "2026-01-01",
    10**30,
    float("nan"),
    "$1",
    "/",
    "\ud83d",
)
PREFERENCES = (
    'odata.include-annotations="*"',
    "odata.maxpagesize=3",
    "odata.track-changes",
    "return=representation",
)


def paths(crm: DataverseSimulator) -> list[str]:
    account = crm.org.tables["account"].ids.of(3)
    attributes = "EntityDefinitions(LogicalName='account')/Attributes"
    return [
        *(
            "accounts",
            f"accounts({account})",
            "accounts(accountnumber='A-0000001')",
            "accounts(",
            "accounts()",
        ),
        *(
            f"accounts({account})/{rest}"
            for rest in ("name", "primarycontactid", "primarycontactid/$ref", "nope")
        ),
        f"accounts({account})/contact_customer_accounts",
        *(
            "EntityDefinitions",
            "EntityDefinitions(",
            attributes,
            f"{attributes}(LogicalName='name')/OptionSet",
        ),
        f"{attributes}/Microsoft.Dynamics.CRM.PicklistAttributeMetadata",
        *(
            "$metadata",
            "$batch",
            "WhoAmI(x)",
            "accounts/$count",
            "",
            "wb_readings",
            "$1",
            "%ff%fe",
            "systemusers",
        ),
        *("accounts/Microsoft.Dynamics.CRM.UpdateMultiple", "accounts(wb_localnumber=1.5,wb_region='NORTH')"),
    ]


def test_random_requests_are_answered_or_refused() -> None:
    crm = build(rows=30, now=lambda: NOW, options={"limit_requests": "1000000"})
    rng, places = random.Random(7), paths(crm)  # noqa: S311  it chooses test data
    columns = [
        *crm.org.entities["account"].columns,
        "primarycontactid@odata.bind",
        "x@odata.bind",
        "@odata.type",
    ]
    seen = set()
    for _time in range(4_000):
        query = {
            rng.choice(OPTIONS): rng.choice((" ", "")).join(rng.choices(PIECES, k=rng.randint(1, 6)))
            for _ in range(rng.randint(0, 3))
        }
        headers = {"authorization": f"Bearer {crm.token}", "content-type": "multipart/mixed; boundary=b"}
        headers |= {"prefer": rng.choice(PREFERENCES)} if rng.random() < 0.4 else {}
        headers |= {"if-match": rng.choice(("*", 'W/"1"', "x"))} if rng.random() < 0.4 else {}
        body: dict[str, object] = {rng.choice(columns): rng.choice(VALUES) for _ in range(rng.randint(0, 3))}
        body = rng.choice(
            (body, body, body, {"Targets": [body]}, {"value": 1}, {"@odata.id": "/accounts(x)"})
        )
        method = rng.choice(("GET", "GET", "GET", "PATCH", "POST", "PUT"))
        data = Body.of(json.dumps(body).encode())
        request = Request(method, f"/api/data/v9.2/{rng.choice(places)}", query, headers, data)
        assert crm.kind(request)
        seen.add(crm.answer(request).status)  # a crash would come through
    crm.close()
    assert {200, 204, 400, 404, 405, 412} <= seen <= {200, 201, 204, 304, 400, 404, 405, 412, 501}

"""Describe the org: its modules, fields, layouts, users, and itself."""

from writeback.sdk.simulator import Answer, json_answer
from writeback_zoho.simulator.describing import layout_told
from writeback_zoho.simulator.problems import Problem, bad_param, no_such_module, param_missing
from writeback_zoho.simulator.seeding import USERS
from writeback_zoho.simulator.state import Call, Json, Org

_KINDS = (
    "AllUsers",
    "ActiveUsers",
    "DeactiveUsers",
    "ConfirmedUsers",
    "NotConfirmedUsers",
    "DeletedUsers",
    "ActiveConfirmedUsers",
    "AdminUsers",
    "ActiveConfirmedAdmins",
    "CurrentUser",
)
_ZONES = {"+05:30": "Asia/Kolkata", "+00:00": "Etc/UTC", "+01:00": "Africa/Lagos", "-05:00": "America/Panama"}


def modules(call: Call) -> Answer:
    """GET /settings/modules."""
    org = call.org
    told = [module.told() for name, module in org.modules.items() if name != "Users"]
    return json_answer({"modules": told})


def module(call: Call) -> Answer:
    """GET /settings/modules/{module}, by name or id."""
    wanted = call.found[0]
    for name, found in call.org.modules.items():
        if name != "Users" and wanted in (name, found.id):
            return json_answer({"modules": [found.told()]})
    raise Problem("INVALID_MODULE", "the module name given seems to be invalid", {"resource_path_index": 2})


def fields(call: Call) -> Answer:
    """GET /settings/fields of one module."""
    found = call.org.modules.get(_module(call))
    if found is None:
        raise no_such_module()
    kind = call.query.get("type")
    if kind not in (None, "", "all", "unused"):
        raise bad_param("type", supported_values=["all", "unused"])
    told = [of.told() for of in found.fields.values()] if kind != "unused" else []
    return json_answer({"fields": told}) if told else Answer(204)


def field(call: Call) -> Answer:
    """GET /settings/fields/{id}."""
    found = call.org.modules.get(_module(call))
    if found is None:
        raise no_such_module()
    for of in found.fields.values():
        if of.id == call.found[0]:
            return json_answer({"fields": [of.told()]})
    return Answer(204)


def layouts(call: Call) -> Answer:
    """GET /settings/layouts?module=…: the one layout of a module."""
    found = call.org.modules.get(_module(call))
    if found is None:
        raise no_such_module()
    return json_answer({"layouts": [layout_told(found)]})


def users(call: Call) -> Answer:
    """GET /users, by type."""
    org = call.org
    kind = call.query.get("type") or "AllUsers"
    if kind not in _KINDS:
        raise bad_param("type", supported_values=list(_KINDS))
    per_page, page = call.whole("per_page", 200), max(1, call.whole("page", 1))
    if not 1 <= per_page <= 200:
        raise bad_param("per_page", maximum_length=200)
    rows = [row for row in range(USERS) if _belongs(org, row, kind)]
    shown = rows[(page - 1) * per_page : page * per_page]
    if not shown:
        return Answer(204)
    more = page * per_page < len(rows)
    info = {"per_page": per_page, "count": len(shown), "page": page, "more_records": more}
    return json_answer({"users": [_user(org, row) for row in shown], "info": info})


def user(call: Call) -> Answer:
    """GET /users/{id}."""
    row = call.org.users.row(call.found[0])
    if row is None:
        return Answer(204)
    return json_answer({"users": [_user(call.org, row)]})


def organisation(call: Call) -> Answer:
    """GET /org."""
    org = call.org
    told: Json = {
        "id": f"{org.number}99000000001",
        "zgid": org.zgid,
        "company_name": "Fjordline Trading",
        "domain_name": f"org{org.zgid}",
        "type": org.switches["org_type"],
        "currency": "US Dollar",
        "currency_symbol": "$",
        "currency_locale": "en_US",
        "iso_code": "USD",
        "time_zone": _ZONES.get(org.zone.offset, "Etc/UTC"),
        "country": "United States",
        "country_code": "US",
        "city": None,
        "state": None,
        "street": None,
        "zip": None,
        "phone": None,
        "mobile": None,
        "fax": None,
        "website": None,
        "description": None,
        "alias": None,
        "photo_id": None,
        "employee_count": str(USERS),
        "primary_email": org.users.value(0, "email"),
        "primary_zuid": _zuid(0),
        "zia_portal_id": None,
        "created_time": f"2024-01-01T09:00:00{org.zone.offset}",
        "mc_status": False,
        "gapps_enabled": False,
        "translation_enabled": False,
        "deletable_org_account": False,
        "privacy_settings": False,
        "hipaa_compliance_enabled": False,
        "lite_users_enabled": False,
        "hierarchy_preferences": {"type": "Role_Hierarchy", "strictly_reporting": False},
        "license_details": {
            "paid_expiry": None,
            "users_license_purchased": USERS,
            "trial_type": None,
            "trial_expiry": None,
            "paid": True,
            "paid_type": org.switches["edition"],
            "portal_users_license_purchased": 0,
        },
    }
    return json_answer({"org": [told]})


def _module(call: Call) -> str:
    name = call.query.get("module", "")
    if not name:
        raise param_missing("module")
    return name


def _belongs(org: Org, row: int, kind: str) -> bool:
    active = org.users.value(row, "status") == "active"
    match kind:
        case "AllUsers" | "ConfirmedUsers":
            return True
        case "ActiveUsers" | "ActiveConfirmedUsers":
            return active
        case "DeactiveUsers":
            return not active
        case "CurrentUser":
            return org.users.ids.of(row) == org.user_id
        case "AdminUsers" | "ActiveConfirmedAdmins":
            return row == 0
        case _:
            return False


def _zuid(row: int) -> str:
    return str(600_000_000 + row)


def _user(org: Org, row: int) -> Json:
    get, admin = org.users.value, org.person(org.user_id)
    role = ("CEO", 26_005) if row == 0 else ("Manager", 26_008)
    profile = ("Administrator", 157) if row == 0 else ("Standard", 158)
    return {
        "id": org.users.ids.of(row),
        "email": get(row, "email"),
        "first_name": get(row, "first_name"),
        "last_name": get(row, "last_name"),
        "full_name": get(row, "full_name"),
        "alias": None,
        "status": get(row, "status"),
        "confirm": True,
        "zuid": _zuid(row),
        "role": {"name": role[0], "id": f"{org.number}99000{role[1]:06d}"},
        "profile": {"name": profile[0], "id": f"{org.number}99000{profile[1]:06d}"},
        "type__s": "Regular User",
        "locale": "en_US",
        "language": "en_US",
        "country_locale": "en_US",
        "time_zone": _ZONES.get(org.zone.offset, "Etc/UTC"),
        "time_format": "HH:mm",
        "date_format": "dd/MM/yyyy",
        "decimal_separator": "Period",
        "number_separator": "Comma",
        "name_format__s": "Salutation,First Name,Last Name",
        "sort_order_preference__s": "First Name,Last Name",
        "created_by": admin,
        "created_time": f"2024-01-01T09:00:00{org.zone.offset}",
        "Modified_By": admin,
        "Modified_Time": f"2024-01-01T09:00:00{org.zone.offset}",
        "phone": None,
        "mobile": None,
        "fax": None,
        "website": None,
        "street": None,
        "city": None,
        "state": None,
        "zip": None,
        "country": None,
        "dob": None,
        "signature": None,
        "Reporting_To": None,
        "microsoft": False,
        "personal_account": False,
        "sandboxDeveloper": False,
        "status_reason__s": None,
        "Current_Shift__s": None,
        "$current_shift": None,
        "$next_shift": None,
        "$shift_effective_from": None,
    }

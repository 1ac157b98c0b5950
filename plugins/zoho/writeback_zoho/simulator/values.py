"""What a field takes, from JSON and from CSV, and how it is shown.

Stored forms: text, number, boolean, date and moment as texts, a tuple of texts for multi-select, an id for
lookups, a tuple of objects for subforms; None is empty.
"""

from collections import abc

from writeback_zoho.simulator.describing import NONE, NUMBERS, TEXTS, USERS, Field
from writeback_zoho.simulator.ids import as_number
from writeback_zoho.simulator.problems import RowProblem, bad_id, invalid_value
from writeback_zoho.simulator.stamps import is_date
from writeback_zoho.simulator.state import Org

Checked = tuple[object, RowProblem | None]
_EXPECTED = {"multiselectpicklist": "jsonarray", "subform": "jsonarray", "lookup": "jsonobject"}
_EXPECTED |= {"ownerlookup": "jsonobject", "userlookup": "jsonobject", "bigint": "long"}
_EXPECTED |= {"currency": "double", "percent": "double"}


def from_json(org: Org, of: Field, given: object, path: str) -> Checked:
    """Give the stored form of a JSON value, or why it is refused. Subforms are the caller's trade."""
    if given is None or (given == "" and of.data_type not in NUMBERS | {"integer", "boolean"}):
        return empty(of), None
    if of.data_type in USERS or of.data_type == "lookup":
        return _reference(org, of, given, path)
    if of.data_type == "multiselectpicklist":
        return _many(org, of, given, path)
    if of.data_type == "picklist":
        return _one(org, of, given, path)
    if of.data_type in TEXTS:
        return _text(of, given, path)
    return _scalar(org, of, given, path)


def from_csv(org: Org, of: Field, cell: str, path: str) -> Checked:
    """Give the stored form of a cell of a bulk file; lookups name an id."""
    match of.data_type:
        case "boolean":
            accepted = {"true": True, "false": False}
            if org.switches["csv_booleans"] == "any":
                accepted |= {"1": True, "0": False, "yes": True, "no": False}
            given: object = accepted.get(cell.strip().lower(), cell)
        case "integer":
            given = int(cell) if cell.removeprefix("-").isdigit() and len(cell) < 20 else cell
        case kind if kind in NUMBERS:
            given = _number(cell)
        case "multiselectpicklist":
            given = cell.split(";")
        case kind if kind in USERS or kind == "lookup":
            given = {"id": cell}
        case _:
            given = cell
    return from_json(org, of, given, path)


def show(org: Org, of: Field, stored: object, *, ids_only: bool = False) -> object:
    """Give the JSON value of a stored one."""
    if of.data_type in USERS:
        return org.person(stored, with_email=of.data_type == "ownerlookup" and not ids_only)
    if stored is None:
        return None
    if of.data_type == "lookup":
        return {"name": display_name(org, of.target, stored), "id": stored}
    if isinstance(stored, tuple):
        return list(stored)
    return stored


def empty(of: Field) -> object:
    """Give what a field holds once it is cleared: a check box is unticked then."""
    return {"multiselectpicklist": (), "boolean": False}.get(of.data_type)


def display_name(org: Org, module: str, record_id: object) -> object:
    """Give the name of a record another one points to."""
    table = org.tables[module]
    row = table.row(record_id)
    return None if row is None else table.value(row, table.module.display)


def _number(cell: str) -> object:
    try:
        number = float(cell)
    except ValueError:
        return cell
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _refused(of: Field, path: str) -> Checked:
    expected = _EXPECTED.get(of.data_type, of.data_type if of.data_type not in TEXTS else "text")
    return None, invalid_value(of.name, path, expected_data_type=expected)


def _text(of: Field, given: object, path: str) -> Checked:
    if not isinstance(given, str):
        return _refused(of, path)
    if len(given) > of.most:
        return None, invalid_value(of.name, path, maximum_length=of.most)
    if of.data_type == "email" and not _is_email(given):
        return None, invalid_value(of.name, path, expected_data_type="email")
    return given, None


def _is_email(given: str) -> bool:
    name, _, host = given.partition("@")
    return bool(name) and "." in host and not set(' \t\n,;:"<>()') & set(given) and "@" not in host


def _one(org: Org, of: Field, given: object, path: str) -> Checked:
    if not isinstance(given, str):
        return None, invalid_value(of.name, path, expected_data_type="text")
    if given == NONE:
        return None, None
    if given not in of.picks and org.switches["outside_picklist"] == "refused":
        return None, invalid_value(of.name, path, supported_values=list(of.picks))
    if len(given) > of.most:
        return None, invalid_value(of.name, path, maximum_length=of.most)
    return given, None


def _many(org: Org, of: Field, given: object, path: str) -> Checked:
    if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
        return _refused(of, path)
    wrong = [place for place, item in enumerate(given) if item not in of.picks]
    if wrong and org.switches["outside_picklist"] == "refused":
        return None, invalid_value(of.name, f"{path}[{wrong[0]}]", supported_values=list(of.picks))
    return tuple(dict.fromkeys(given)), None


def _reference(org: Org, of: Field, given: object, path: str) -> Checked:
    if isinstance(given, dict) and "id" not in given and of.data_type in USERS:
        given = _by_email(org, given)
    wanted = given.get("id") if isinstance(given, dict) else given
    if not isinstance(given, dict) and as_number(given) is None:
        return _refused(of, path)
    table = org.tables[of.target]
    row = table.living(wanted)
    is_idle = row is not None and of.target == "Users" and table.value(row, "status") != "active"
    if row is None or (is_idle and of.data_type == "ownerlookup"):
        return None, bad_id(of.name, f"{path}.id" if isinstance(given, dict) else path)
    return table.ids.of(row), None


def _by_email(org: Org, given: abc.Mapping[str, object]) -> object:
    """Find an owner by e-mail, where the switch lets that work."""
    if org.switches["owner_by_email"] == "accepted" and isinstance(given.get("email"), str):
        for row in org.users.holders("email", str(given["email"])):
            return {"id": org.users.ids.of(row)}
    return given


def _scalar(org: Org, of: Field, given: object, path: str) -> Checked:
    match of.data_type:
        case "integer" | "double" | "currency" | "percent":
            return _counted(of, given, path)
        case "boolean":
            value: object = given if isinstance(given, bool) else None
        case "bigint":
            number = as_number(given)
            value = str(number) if number is not None and number < 10**18 else None
        case "date":
            value = given if isinstance(given, str) and is_date(given) else None
        case _:
            value = org.zone.read(given) if isinstance(given, str) else None
    return _refused(of, path) if value is None else (value, None)


def _counted(of: Field, given: object, path: str) -> Checked:
    is_whole = isinstance(given, int) and not isinstance(given, bool)
    if not is_whole and not (isinstance(given, float) and of.data_type != "integer"):
        return _refused(of, path)
    if abs(given) >= 10**of.most:  # type: ignore[arg-type]  # a number, as asked above
        return None, invalid_value(of.name, path, maximum_length=of.most)
    return round(given, max(of.decimals, 2)) if isinstance(given, float) else given, None

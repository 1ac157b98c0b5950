"""Write rows: rules, automation, stamps, keys; kept or taken back together; put on record.

A transaction writes at once (later operations see earlier ones). What was written stands in the applied-log
before the caller answers: `commit` puts it there.
"""

from collections import abc
from dataclasses import dataclass

from writeback.sdk.simulator import Applied
from writeback.sdk.simulator.applied import Circumstances
from writeback_dynamics.simulator.bodies import Values, read_body
from writeback_dynamics.simulator.keys import find_by_key
from writeback_dynamics.simulator.makers import moment_text
from writeback_dynamics.simulator.problems import Problem
from writeback_dynamics.simulator.schema import Entity, Ref
from writeback_dynamics.simulator.showing import recorded
from writeback_dynamics.simulator.state import Call, Org
from writeback_dynamics.simulator.tables import Table

SOMEBODY_ELSE = 5  # the user row that makes edits we did not make
_MISSING = object()


@dataclass(slots=True)
class _Before:
    table: Table
    row: int
    values: Values
    version: int | None
    change: int | None
    was_new: bool = False
    was_deleted: bool = False


class Transaction:
    """Writes that are kept or taken back together. Hold the org's lock from first write to end."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._org = call.org
        self._stamp = moment_text(call.org.now())
        self._before: list[_Before] = []
        self._applied: list[Applied] = []

    def update(self, table: Table, row: int, values: Values) -> None:
        """Change a row.

        Raises:
            Problem: It is refused; nothing of it was written.
        """
        entity = table.entity
        self._stop_at_faults(table, table.id(row), values)
        values = {name: value for name, value in values.items() if name != entity.primary_id}
        if "statecode" in values or "statuscode" in values:
            values |= self._checked_state(table, row, values)
        values = self._automated(values)
        self._check_keys(table, row, values)
        self._check_duplicates(table, row, values)
        changed = values | self._stamps(entity)
        self._remember(table, row, changed)
        table.change(row, changed, self._org.next_version())
        self._put(table, row, values, "update")

    def create(self, table: Table, values: Values, given_id: str | None = None) -> int:
        """Add a row and give its number.

        Raises:
            Problem: It is refused.
        """
        entity = table.entity
        given_id = given_id or _text(values.pop(entity.primary_id, None))
        if given_id is not None and table.living(given_id) is not None:
            raise Problem("0x80040237", "Cannot insert duplicate key.", status=412)
        self._stop_at_faults(table, given_id or "", values)
        values = self._automated(values)
        full = self._defaults(entity) | values | self._stamps(entity)
        if "statuscode" in values:
            full |= self._status_alone(entity, values["statuscode"], given_id or "")
        self._check_keys(table, None, values)
        self._check_duplicates(table, None, values)
        row = table.insert(full, self._org.next_version(), given_id)
        self._before.append(_Before(table, row, {}, None, None, was_new=True))
        self._put(table, row, values, "create")
        return row

    def delete(self, table: Table, row: int) -> None:
        """Delete a row.

        Raises:
            Problem: It is refused.
        """
        self._stop_at_faults(table, table.id(row), {})
        self._remember(table, row, {})
        self._before[-1].was_deleted = True
        table.delete(row, self._org.next_version())
        self._put(table, row, {}, "delete")

    def mark(self) -> int:
        """Give the place up to which everything is written now."""
        return len(self._before)

    def rollback(self, mark: int = 0) -> None:
        """Take back what was written after a mark, newest first."""
        while len(self._before) > mark:
            before = self._before.pop()
            self._applied.pop()
            if before.was_new:
                before.table.withdraw(before.row)
                continue
            before.table.restore(before.row, before.values, _MISSING)
            before.table.restore_version(before.row, before.version, before.change)
            if before.was_deleted:
                del before.table.deleted[before.row]

    def commit(self) -> None:
        """Put on record what was written."""
        call = self._call
        automation = as_switched(call.headers)
        told = Circumstances(self._org.now(), call.route, call.sha256, call.client, automation=automation)
        self._org.applied.append(self._applied, told)
        self._applied, self._before = [], []

    def _put(self, table: Table, row: int, values: Values, operation: str) -> None:
        shown = {name: recorded(value) for name, value in values.items()}
        self._applied.append(Applied(table.entity.name, table.id(row), shown, operation))

    def _remember(self, table: Table, row: int, changed: abc.Iterable[str]) -> None:
        old = table.changed.get(row, {})
        values = {name: old.get(name, _MISSING) for name in changed}
        version, change = table.versions.get(row), table.changes.get(row)
        self._before.append(_Before(table, row, values, version, change))

    def _stamps(self, entity: Entity) -> Values:
        if "modifiedon" not in entity.columns:
            return {}
        behalf = self._call.behalf_id
        return {
            "modifiedon": self._stamp,
            "modifiedby": Ref("systemuser", self._call.user_id),
            "modifiedonbehalfby": Ref("systemuser", behalf) if behalf else None,
        }

    def _defaults(self, entity: Entity) -> Values:
        made: Values = {"createdon": self._stamp, "createdby": Ref("systemuser", self._call.user_id)}
        if self._call.behalf_id:
            made["createdonbehalfby"] = Ref("systemuser", self._call.behalf_id)
        if (state := entity.state) is not None:
            made |= {"statecode": 0, "statuscode": state.options[0].default_status}
        made["ownerid"] = Ref("systemuser", self._call.user_id)
        made["owningbusinessunit"] = Ref("businessunit", self._org.tables["businessunit"].ids.of(0))
        made["transactioncurrencyid"] = Ref(
            "transactioncurrency", self._org.tables["transactioncurrency"].ids.of(0)
        )
        made |= {column.name: False for column in entity.columns.values() if column.type == "Boolean"}
        return {name: value for name, value in made.items() if name in entity.columns}

    def _automated(self, values: Values) -> Values:
        """Do what the organisation's plug-ins do: web addresses in one form, the tier told of elsewhere."""
        if self._bypasses():
            return values
        made: Values = {}
        address, tier = values.get("websiteurl"), values.get("wb_tier")
        if isinstance(address, str) and address and self._org.switches.is_on("automation"):
            made["websiteurl"] = _one_form(address)
        if isinstance(tier, int) and self._org.switches.is_on("second_field"):
            made["description"] = f"Tier {tier}"
        return values | made

    def _bypasses(self) -> bool:
        headers = self._call.headers
        if "customsync" in headers.get("mscrm.bypassbusinesslogicexecution", "").lower():
            return True
        return headers.get("mscrm.bypasscustompluginexecution", "").lower() == "true"

    def _checked_state(self, table: Table, row: int, values: Values) -> Values:
        entity, state = table.entity, table.entity.state
        status = entity.columns.get("statuscode")
        if state is None or status is None:
            return {}
        wanted_state = values.get("statecode", table.value(row, "statecode"))
        wanted = values.get("statuscode")
        if wanted is None:
            default = next(option for option in state.options if option.value == wanted_state)
            wanted = default.default_status
        allowed = [option.value for option in status.options if option.state == wanted_state]
        if wanted not in allowed:
            raise self._wrong_status(entity, wanted, wanted_state, table.id(row))
        return {"statecode": wanted_state, "statuscode": wanted}

    def _status_alone(self, entity: Entity, status: object, record_id: str) -> Values:
        option = next(o for o in entity.columns["statuscode"].options if o.value == status)
        if option.state != 0:
            raise self._wrong_status(entity, status, 0, record_id)
        return {"statecode": 0}

    def _wrong_status(self, entity: Entity, status: object, state: object, record_id: str) -> Problem:
        if self._org.switches["status_text"] == "listed":
            message = (
                "State code is invalid or state code is valid but status code is invalid for a specified"
                " state code."
            )
            return Problem("0x80048408", message)
        column = entity.state
        label = next((o.name for o in column.options if o.value == state), state) if column else state
        message = (
            f"{status} is not a valid status code for state code {entity.schema_name}State.{label} on"
            f" {entity.name} with Id {record_id}."
        )
        return Problem("0x80048408", message)

    def _check_keys(self, table: Table, row: int | None, values: Values) -> None:
        for key in table.entity.keys:
            if key.status != "Active" or not set(key.columns).intersection(values):
                continue
            wanted = {
                name: values[name] if name in values else None if row is None else table.value(row, name)
                for name in key.columns
            }
            if any(value is None for value in wanted.values()):
                continue
            other = find_by_key(table, key, wanted)
            if other is not None and other != row:
                labels = ", ".join(table.entity.columns[name].label or name for name in key.columns)
                message = (
                    f"Entity Key {key.name} violated. A record with the same value for {labels} already"
                    " exists. A duplicate record cannot be created. Select one or more unique values and"
                    " try again."
                )
                status = int(self._org.switches["key_duplicate_status"])
                raise Problem("0x80060892", message, status=status)

    def _check_duplicates(self, table: Table, row: int | None, values: Values) -> None:
        detects = self._call.headers.get("mscrm.suppressduplicatedetection", "").lower() == "false"
        switches = self._org.switches
        if not detects or not switches.is_on("duplicate_rule") or table.entity.name != "account":
            return
        name = values.get("name")
        if name and any(other != row for other in table.holding("name", name)):
            message = "A record was not created or updated because a duplicate of the current record"
            message += " already exists."
            raise Problem(switches["duplicate_code"], message, status=int(switches["duplicate_status"]))

    def _stop_at_faults(self, table: Table, record_id: str, values: Values) -> None:
        faults = self._org.faults
        if not faults.armed():
            return
        keys = {"object": table.entity.name, "id": record_id}
        if fault := faults.take("plugin", **keys):
            message = fault.text("message", "The plug-in refused the row.")
            raise Problem("0x80040265", message, details={"ErrorCode": "-2147220891"})
        if faults.take("lock_row", **keys):
            text = "Sql error: SQL timeout expired. CRM ErrorCode: -2147204783 Sql ErrorCode: -2146232060"
            raise Problem("0x80044151", f"{text} Sql Number: -2", status=500)
        if faults.take("deadlock", **keys):
            text = "Sql error: Generic SQL error. CRM ErrorCode: -2147204784 Sql ErrorCode: -2146232060"
            raise Problem("0x80044150", f"{text} Sql Number: 1205", status=500)
        self._stop_at_rights(table, record_id, values)

    def _stop_at_rights(self, table: Table, record_id: str, values: Values) -> None:
        faults, entity, user_id = self._org.faults, table.entity, self._call.user_id
        if faults.take("revoke_privilege", object=entity.name):
            message = (
                f"Principal user (Id={user_id}, type=8) is missing prvWrite{entity.schema_name} privilege on"
                f" OTC={entity.code} for entity '{entity.name}'."
            )
            raise Problem("0x80040220", message, status=403)
        if faults.take("revoke_row", object=entity.name, id=record_id):
            message = (
                f"Principal with id {user_id} does not have WriteAccess right(s) for record with id"
                f" {record_id} of entity {entity.name}"
            )
            raise Problem("0x80048306", message, status=403)
        for name in values:
            if faults.take("revoke_field", object=entity.name, field=name):
                message = (
                    "The user doesn't have AttributePrivilegeUpdate and not granted shared access for a"
                    f" secured attribute during update operation: {entity.name}.{name}"
                )
                raise Problem("0x8004f507", message, status=403)


def edit_as_somebody_else(org: Org, table: Table, row: int, fields: abc.Mapping[str, object]) -> None:
    """Change a row without any of our rules, and put it on record as foreign.

    Lookups may be given as a guid under either of their names, choices as text, beside the forms of the wire.

    Raises:
        Problem: A name or a value does not fit.
    """
    held = {
        name: found for name, value in fields.items() if (found := _lookup(org, table.entity, name, value))
    }
    rest = {name: _choice(table.entity, name, value) for name, value in fields.items() if name not in held}
    values = read_body(org, table.entity, rest, is_create=False) | dict(held.values())
    stamps: Values = {}
    if "modifiedon" in table.entity.columns:
        somebody = org.tables["systemuser"].ids.of(SOMEBODY_ELSE)
        stamps = {"modifiedon": moment_text(org.now()), "modifiedby": Ref("systemuser", somebody)}
    table.change(row, values | stamps, org.next_version())
    shown = {name: recorded(value) for name, value in values.items()}
    told = Circumstances(org.now(), "foreign", "")
    org.applied.append([Applied(table.entity.name, table.id(row), shown, "update")], told)


def as_switched(headers: abc.Mapping[str, str]) -> dict[str, str]:
    """Tell which automation a request's headers leave to run."""
    detection = headers.get("mscrm.suppressduplicatedetection", "").lower()
    return {
        "bypass_logic": headers.get("mscrm.bypassbusinesslogicexecution", ""),
        "bypass_steps": headers.get("mscrm.bypassbusinesslogicexecutionstepids", ""),
        "bypass_plugins": headers.get("mscrm.bypasscustompluginexecution", "").lower(),
        "duplicate_detection": {"false": "detect", "true": "suppress"}.get(detection, ""),
    }


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _choice(entity: Entity, name: str, value: object) -> object:
    column = entity.columns.get(name)
    is_choice = column is not None and column.type in ("Picklist", "State", "Status")
    return int(value) if is_choice and isinstance(value, str) and value.isdecimal() else value


def _lookup(org: Org, entity: Entity, name: str, value: object) -> tuple[str, Ref] | None:
    column = entity.properties.get(name) or entity.columns.get(name)
    if column is None or not isinstance(value, str):
        return None
    for target in column.targets:
        if org.tables[target].living(value) is not None:
            return column.name, Ref(target, value.lower())
    return None


def _one_form(address: str) -> str:
    scheme, mark, rest = address.strip().rpartition("://")
    host, slash, path = (rest if mark else address.strip()).partition("/")
    return f"{scheme.lower() or 'https'}://{host.lower()}{slash}{path}".rstrip("/")

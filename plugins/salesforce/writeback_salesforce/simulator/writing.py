"""Write records: check them by describe, let automation have its way, stamp, and put on record.

A transaction writes at once (later rows see earlier ones) and can be taken back whole. What was written
stands in the applied-log before the caller answers: `commit` puts it there.
"""

from collections import abc
from dataclasses import dataclass

from writeback.sdk.simulator import Applied
from writeback.sdk.simulator.applied import Circumstances
from writeback_salesforce.simulator.describing import Field, SObject
from writeback_salesforce.simulator.ids import is_id, lengthened
from writeback_salesforce.simulator.problems import Problem, no_such_column, not_writable
from writeback_salesforce.simulator.seeding_makers import moment
from writeback_salesforce.simulator.state import Call, Org
from writeback_salesforce.simulator.tables import Table
from writeback_salesforce.simulator.values import from_json

_MISSING = object()
SOMEBODY_ELSE = 5  # the user row that makes edits we did not make
_RULE = "A closing date in the past needs a next step."


@dataclass(slots=True)
class _Before:
    table: Table
    row: int
    values: dict[str, object]
    was_new: bool = False
    was_deleted: bool = False


ASSIGNED_TO = 7
"""The user row that the assignment rule gives leads and cases to."""


class Transaction:
    """Writes that are kept or taken back together. Hold the org's lock from first write to end."""

    def __init__(
        self, org: Org, *, user_id: str | None = None, automation: abc.Mapping[str, str] | None = None
    ) -> None:
        self._org = org
        self._user_id = user_id or org.user_id
        self._automation = automation
        self._allows_duplicates = "allowsave=true" in (automation or {}).get("duplicate_rule", "").lower()
        self._before: list[_Before] = []
        self._applied: list[Applied] = []
        self._stamp = moment(org.now())

    def update(self, table: Table, row: int, stored: abc.Mapping[str, object]) -> None:
        """Change a row.

        Raises:
            Problem: It is refused; nothing of it was written.
        """
        record_id = table.ids.of(row)
        self._stop_at_faults(table, record_id)
        values = self._checked(table, dict(stored), row)
        changed = values | self._stamps()
        old = table.changed.get(row, {})
        self._before.append(_Before(table, row, {name: old.get(name, _MISSING) for name in changed}))
        table.change(row, changed)
        self._applied.append(Applied(table.sobject.name, record_id, values, "update"))

    def create(self, table: Table, stored: abc.Mapping[str, object]) -> str:
        """Add a row and give its id.

        Raises:
            Problem: It is refused.
        """
        self._stop_at_faults(table, "")
        values = self._checked(table, dict(stored), None)
        missing = [
            field.name
            for field in table.sobject.fields.values()
            if field.createable
            and not field.nillable
            and not field.defaulted
            and values.get(field.name) is None
        ]
        if missing:
            message = f"Required fields are missing: [{', '.join(missing)}]"
            raise Problem("REQUIRED_FIELD_MISSING", message, fields=missing)
        full = self._defaults(table.sobject) | values | self._stamps()
        full |= {"CreatedDate": self._stamp, "CreatedById": self._user_id}
        row = table.insert(full)
        self._before.append(_Before(table, row, {}, was_new=True))
        record_id = table.ids.of(row)
        self._applied.append(Applied(table.sobject.name, record_id, values, "create"))
        return record_id

    def delete(self, table: Table, row: int) -> None:
        """Put a row into the recycle bin.

        Raises:
            Problem: Rows of this object cannot be deleted, or the row is locked.
        """
        record_id = table.ids.of(row)
        self._stop_at_faults(table, record_id)
        if not table.sobject.names["deletable"]:
            raise Problem("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
        old = table.changed.get(row, {})
        stamps = self._stamps()
        self._before.append(
            _Before(table, row, {name: old.get(name, _MISSING) for name in stamps}, was_deleted=True)
        )
        table.deleted.add(row)
        table.change(row, stamps)
        self._applied.append(Applied(table.sobject.name, record_id, {}, "delete"))

    def mark(self) -> int:
        """Give the place up to which everything is written now."""
        return len(self._before)

    def rollback(self, mark: int = 0) -> None:
        """Take back what was written after a mark, newest first."""
        while len(self._before) > mark:
            before = self._before.pop()
            self._applied.pop()
            changed = before.table.changed.get(before.row, {})
            for name, value in before.values.items():
                before.table.masked.get(name, {}).pop(before.row, None)
                if value is _MISSING:
                    changed.pop(name, None)
                else:
                    changed[name] = value
            if before.was_new:
                before.table.changed.pop(before.row, None)
                before.table.count -= 1
            elif not changed:
                before.table.changed.pop(before.row, None)
            if before.was_deleted:
                before.table.deleted.discard(before.row)

    def commit(self, *, route: str, sha256: str, client: str | None = None, job: str | None = None) -> int:
        """Put what was written on record, and say how many records that were."""
        written = len(self._applied)
        told = Circumstances(self._org.now(), route, sha256, client, job, self._automation)
        self._org.applied.append(self._applied, told)
        self._before.clear()
        self._applied = []
        return written

    def _stamps(self) -> dict[str, object]:
        return {
            "LastModifiedDate": self._stamp,
            "SystemModstamp": self._stamp,
            "LastModifiedById": self._user_id,
        }

    def _defaults(self, sobject: SObject) -> dict[str, object]:
        values: dict[str, object] = {
            name: None for name, field in sobject.fields.items() if not field.calculated
        }
        for name in ("Id", "IsDeleted"):
            values.pop(name, None)
        values |= {name: False for name, field in sobject.fields.items() if field.type == "boolean"}
        values.pop("IsDeleted", None)
        for name in self._org.tables[sobject.name.lower()].seeds.computed:
            values.pop(name, None)
        if "OwnerId" in values:
            values["OwnerId"] = self._user_id
        return values

    def _stop_at_faults(self, table: Table, record_id: str) -> None:
        faults = self._org.faults
        if not faults.armed() or self._user_id != self._org.user_id:
            return  # faults befall the program under test, not the somebody else who disturbs it
        name = table.sobject.name
        if faults.take("lock_row", object=name, id=record_id):
            message = f"unable to obtain exclusive access to this record or 1 records: {record_id}"
            raise Problem("UNABLE_TO_LOCK_ROW", message)
        if not self._allows_duplicates and faults.take("duplicate", object=name, id=record_id):
            raise Problem("DUPLICATES_DETECTED", "Use one of these records?")

    def _checked(self, table: Table, values: dict[str, object], row: int | None) -> dict[str, object]:
        for name, value in values.items():
            field = table.sobject.fields[name]
            if value is None:
                continue
            if field.type == "reference":
                values[name] = self._target(field, str(value), table.sobject)
            elif field.unique:
                self._refuse_duplicate(table, field, str(value), row)
        if self._org.switches["automation"] == "on":
            automate(values)
        if self._org.switches["second_field"] == "on" and table.sobject.name == "Account":
            set_second_field(values)
        if self._org.switches["assignment_rule"] == "on" and row is not None:
            self._assign(table, values)
        if self._org.switches["validation_rule"] == "on":
            self._validate(table, values, row)
        if self._org.switches["duplicate_rule"] == "on" and not self._allows_duplicates:
            self._refuse_double(table, values, row)
        return values

    def _assign(self, table: Table, values: dict[str, object]) -> None:
        """Let the active assignment rule give a lead or case to somebody, unless the call says not to."""
        asked = (self._automation or {}).get("auto_assign", "false")
        if table.sobject.name in ("Lead", "Case") and asked != "false":
            values["OwnerId"] = self._org.tables["user"].ids.of(ASSIGNED_TO)

    def _target(self, field: Field, given: str, sobject: SObject) -> str:
        if not is_id(given):
            message = f"{field.label}: id value of incorrect type: {given}"
            raise Problem("MALFORMED_ID", message, fields=[field.name])
        target = self._org.by_id(given)
        if target is None or target.sobject.name not in field.targets:
            message = f"{field.label}: id value of incorrect type: {given}"
            raise Problem("MALFORMED_ID", message, fields=[field.name])
        row = target.row(given)
        if row is None:
            raise Problem("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
        if row in target.deleted:
            raise Problem("ENTITY_IS_DELETED", "entity is deleted")
        if target.sobject.name == "User" and field.name == "OwnerId" and not target.value(row, "IsActive"):
            owned = sobject.name.lower()
            message = f"operation performed with inactive user [{target.ids.of(row)}] as owner of {owned}"
            raise Problem("INACTIVE_OWNER_OR_USER", message, fields=[])
        return lengthened(given)

    def _refuse_duplicate(self, table: Table, field: Field, value: str, row: int | None) -> None:
        others = [found for found in table.find(field.name, value) if found != row]
        if others:
            other = table.ids.of(others[0])
            message = f"duplicate value found: {field.name} duplicates value on record with id: {other}"
            raise Problem("DUPLICATE_VALUE", message)

    def _validate(self, table: Table, values: abc.Mapping[str, object], row: int | None) -> None:
        if table.sobject.name != "Opportunity" or "CloseDate" not in values:
            return
        step = values.get("NextStep", table.value(row, "NextStep") if row is not None else None)
        if str(values["CloseDate"]) < self._stamp[:10] and not step:
            raise Problem("FIELD_CUSTOM_VALIDATION_EXCEPTION", _RULE)

    def _refuse_double(self, table: Table, values: abc.Mapping[str, object], row: int | None) -> None:
        name = values.get("Name")
        if table.sobject.name != "Account" or name is None:
            return
        others = (table.value(other, "Name") for other in range(table.count) if other != row)
        if name in others:
            raise Problem("DUPLICATES_DETECTED", "Use one of these records?")


def begin(call: Call) -> Transaction:
    """Give the transaction of an all-or-none composite call, or one of the call's own."""
    if isinstance(call.shared, Transaction):
        return call.shared
    automation = {
        "auto_assign": _assigns(call.headers.get("sforce-auto-assign", "TRUE")),  # the vendor's default
        "duplicate_rule": call.headers.get("sforce-duplicate-rule-header", "").replace(" ", ""),
    }
    return Transaction(call.org, automation=automation)


def _assigns(header: str) -> str:
    return header.lower() if header.lower() in ("true", "false") else header


def finish(call: Call, transaction: Transaction, route: str = "") -> None:
    """Keep what was written, unless a composite call decides that later."""
    if transaction is not call.shared:
        transaction.commit(route=route or call.route, sha256=call.sha256, client=call.client)


def automate(values: dict[str, object]) -> None:
    """Do what the org's one automation does: web addresses in lower case and with a scheme."""
    website = values.get("Website")
    if isinstance(website, str):
        lower = website.lower()
        values["Website"] = lower if "://" in lower else f"https://{lower}"


def set_second_field(values: dict[str, object]) -> None:
    """Do what a flow of the org does that sets a field nobody named: the tier goes into the notes."""
    tier = values.get("Tier__c")
    if isinstance(tier, str):
        values.setdefault("Notes__c", f"Tier {tier}")


def check_json(
    org: Org, sobject: SObject, given: abc.Mapping[str, object], *, creating: bool
) -> dict[str, object]:
    """Give the stored form of the fields of a JSON record; references by nested objects are looked up.

    Raises:
        Problem: The first thing that is wrong with it.
    """
    if not sobject.names["createable" if creating else "updateable"]:
        raise Problem("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
    fields: dict[str, object] = {}
    refused: list[str] = []
    nested: list[tuple[Field, abc.Mapping[str, object]]] = []
    for name, value in given.items():
        if name == "attributes":
            continue
        field = sobject.field(name)
        if field is None:
            reference = sobject.relationships.get(name.lower())
            if reference is None or not isinstance(value, dict):
                raise no_such_column(name, sobject.name)
            nested.append((reference, value))
            field = reference
        else:
            fields[field.name] = value
        if not (field.createable if creating else field.updateable):
            refused.append(field.name)
    if refused:
        raise not_writable(refused)
    text_booleans = org.switches["boolean_text"] == "accepted"
    stored = {
        name: from_json(sobject.fields[name], value, text_booleans=text_booleans)
        for name, value in fields.items()
    }
    for field, value in nested:
        stored[field.name] = target_by_key(org, field, value)
    return stored


def target_by_key(org: Org, field: Field, value: abc.Mapping[str, object]) -> str:
    """Find the record a nested object names, for example `{"Email": "x@y"}`.

    Raises:
        Problem: None, several, or the object says too little.
    """
    attributes = value.get("attributes")
    wanted = attributes.get("type") if isinstance(attributes, dict) else None
    keys = [(name, key) for name, key in value.items() if name != "attributes"]
    targets = [name for name in field.targets if wanted is None or name == wanted]
    is_vague = field.polymorphic and (wanted is None or org.switches["nested_polymorphic"] == "refused")
    if len(keys) != 1 or len(targets) != 1 or is_vague:
        message = f"The relationship '{field.relationship}' does not name one external ID of one sobject type"
        raise Problem("INVALID_FIELD", message, fields=[field.name])
    name, key = keys[0]
    return find_target(org, targets[0], name, str(key))


def find_target(org: Org, target: str, name: str, key: str) -> str:
    """Find the one record of an object whose indexed field holds a value.

    Raises:
        Problem: The field is not indexed, no record has the value, or several have.
    """
    table = org.tables[target.lower()]
    field = table.sobject.field(name)
    if field is None or not field.lookup:
        message = f"Provided external ID field does not exist or is not accessible: {name}"
        raise Problem("INVALID_FIELD", message)
    if field.name == "Id":
        row = table.living(key)
        rows = [] if row is None else [row]
    else:
        rows = table.find(field.name, key)
    if not rows:
        message = (
            f"Foreign key external ID: {key.lower()} not found for field {field.name} in entity {target}"
        )
        raise Problem("INVALID_FIELD", message)
    if len(rows) > 1:
        found = ", ".join(table.ids.of(row) for row in rows)
        message = f"{field.label}: more than one record found for external id field: [{found}]"
        raise Problem("DUPLICATE_EXTERNAL_ID", message, fields=[])
    return table.ids.of(rows[0])


def edit_as_somebody_else(org: Org, table: Table, row: int, fields: abc.Mapping[str, object]) -> None:
    """Change a record as another user does, outside of any call.

    Raises:
        Problem: The fields are refused.
    """
    user_id = org.tables["user"].ids.of(SOMEBODY_ELSE)
    stored = check_json(org, table.sobject, fields, creating=False)
    transaction = Transaction(org, user_id=user_id)
    transaction.update(table, row, stored)
    transaction.commit(route="foreign", sha256="")


def let_others_edit(org: Org, table: Table, row: int) -> None:
    """Act out *concurrent_edit*: somebody is faster than the write that is about to come."""
    if not org.faults.has("concurrent_edit"):
        return
    fault = org.faults.take("concurrent_edit", object=table.sobject.name, id=table.ids.of(row))
    fields = fault.facts.get("fields") if fault else None
    if isinstance(fields, dict):
        edit_as_somebody_else(org, table, row, fields)

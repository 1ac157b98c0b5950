"""Write records: check them, let the workflow have its way, stamp, and put on record.

Rows are written one by one; a refused row leaves the others alone. What was written stands in the
applied-log before the caller answers: `commit` puts it there.
"""

from collections import abc
from dataclasses import dataclass

from writeback.sdk.simulator import Applied
from writeback.sdk.simulator.applied import Circumstances
from writeback_zoho.simulator.catalogue import STAGES
from writeback_zoho.simulator.describing import Field
from writeback_zoho.simulator.problems import (
    RowProblem,
    bad_id,
    invalid_value,
    mandatory,
    no_privilege,
    row_path,
    several,
    unknown_field,
)
from writeback_zoho.simulator.state import Json, Org
from writeback_zoho.simulator.tables import Deletion, Table, Values
from writeback_zoho.simulator.values import from_json

SOMEBODY_ELSE = 5  # the user row that makes edits we did not make
_IGNORED = frozenset({"id", "$append_values", "$approved", "$editable"})


@dataclass(frozen=True, slots=True)
class Wish:
    """How the rows of one call are to be written."""

    triggers: abc.Collection[str] | None = None  # None is all
    with_layout_rules: bool = False
    unmodified_since: str | None = None  # a stamp in the org's zone
    as_sent: object = None  # `trigger` as it came

    @property
    def switched(self) -> str:
        """Tell which automation is left to run."""
        if self.triggers is None:
            return "all"
        return ",".join(sorted(self.triggers)) or "none"


class Writing:
    """Rows on their way into the org. Hold the org's lock from the first write to `commit`."""

    def __init__(self, org: Org, wish: Wish | None = None, *, user_id: str | None = None) -> None:
        self._org = org
        self._wish = wish or Wish()
        self._user_id = user_id or org.user_id
        self._is_foreign = user_id is not None
        self._applied: list[Applied] = []
        self._stamp = org.stamp()

    def find(self, table: Table, given: Json, place: int) -> int:
        """Find the row a record names by its id.

        Raises:
            RowProblem: It names none, or none that lives.
        """
        path = row_path(place, "id")
        if given.get("id") is None:
            raise mandatory("id", path)
        row = table.living(given["id"])
        if row is None:
            raise bad_id("id", path)
        return row

    def update(self, table: Table, row: int, given: Json, place: int = 0) -> Json:
        """Change a row and give the result's details.

        Raises:
            RowProblem: It is refused; nothing of it was written.
        """
        self.refuse_by_fault(table, row, place)
        self.refuse_stale(table, row)
        values = self.checked(table, given, place, row=row)
        return self.store(table, row, values)

    def create(self, table: Table, given: Json, place: int = 0) -> Json:
        """Add a row and give the result's details.

        Raises:
            RowProblem: It is refused.
        """
        self.refuse_by_fault(table, None, place)
        return self.add(table, self.checked(table, given, place, row=None))

    def store(self, table: Table, row: int, values: Values) -> Json:
        """Write values that were checked."""
        org, name = self._org, table.module.name
        self._automate(table, values)
        self._remember(table, row)
        record_id = table.ids.of(row)
        table.change(row, {**values, "Modified_Time": self._stamp, "Modified_By": self._user_id})
        self._applied.append(Applied(name, record_id, _plain(values), "update"))
        org.triggers.append((name, record_id, self._wish.as_sent))
        return self.details(table, row)

    def add(self, table: Table, values: Values) -> Json:
        """Add a row of values that were checked."""
        org, name = self._org, table.module.name
        self._automate(table, values)
        stamps = {"Created_Time": self._stamp, "Modified_Time": self._stamp}
        people = {"Owner": self._user_id, "Created_By": self._user_id, "Modified_By": self._user_id}
        numbers = {
            of.name: f"ACC-{table.count + 1:06d}"
            for of in table.module.fields.values()
            if of.data_type == "autonumber"
        }
        row = table.insert({**people, **values, **stamps, **numbers})
        org.remember(name, row, None)
        record_id = table.ids.of(row)
        self._applied.append(Applied(name, record_id, _plain(values), "create"))
        org.triggers.append((name, record_id, self._wish.as_sent))
        return self.details(table, row)

    def delete(self, table: Table, row: int, place: int = 0) -> Json:
        """Put a row into the recycle bin.

        Raises:
            RowProblem: It is locked or forbidden.
        """
        self.refuse_by_fault(table, row, place)
        self._remember(table, row)
        table.delete(row, Deletion(self._stamp, self._user_id))
        record_id = table.ids.of(row)
        self._applied.append(Applied(table.module.name, record_id, {}, "delete"))
        return {"id": record_id}

    def commit(self, *, route: str, sha256: str, job: str | None = None) -> None:
        """Put what was written on record."""
        told = Circumstances(self._org.now(), route, sha256, None, job, {"trigger": self._wish.switched})
        self._org.applied.append(self._applied, told)
        self._applied = []

    def details(self, table: Table, row: int) -> Json:
        """Give what a success says of a row."""
        person = self._org.person
        return {
            "Modified_Time": table.value(row, "Modified_Time"),
            "Modified_By": person(table.value(row, "Modified_By")),
            "Created_Time": table.value(row, "Created_Time"),
            "id": table.ids.of(row),
            "Created_By": person(table.value(row, "Created_By")),
            "$approval_state": "approved",
        }

    def checked(self, table: Table, given: Json, place: int, *, row: int | None) -> Values:
        """Give the stored form of a JSON record.

        Raises:
            RowProblem: What is wrong with it, all of it.
        """
        values: Values = {}
        problems: list[RowProblem] = []
        appends = given.get("$append_values")
        for name, value in given.items():
            if name in _IGNORED or name.startswith("$"):
                continue
            of = table.module.find(name)
            problem = self._check(of, name, value, values, path=row_path(place, name))
            if problem is not None:
                problems.append(problem)
            elif (
                of is not None and name in values and isinstance(appends, dict) and appends.get(name) is True
            ):
                self._append(table, row, name, values)
        self._finish(table, values, problems, place=place, row=row)
        return values

    def check_stored(self, table: Table, values: Values, place: int, *, row: int | None) -> Values:
        """Check values whose form is right already (bulk): what is mandatory and what is unique.

        Raises:
            RowProblem: What is wrong.
        """
        self._finish(table, values, [], place=place, row=row)
        return values

    def refuse_stale(self, table: Table, row: int) -> None:
        """Refuse a row that was changed after the moment the request names.

        Raises:
            RowProblem: ALREADY_MODIFIED.
        """
        since = self._wish.unmodified_since
        if since is None or str(table.value(row, "Modified_Time")) <= since:
            return
        details = self.details(table, row)
        del details["$approval_state"]
        message = "record updated time has already passed if-unmodified-since time"
        raise RowProblem("ALREADY_MODIFIED", message, details, status=412)

    def refuse_by_fault(self, table: Table, row: int | None, place: int) -> None:
        """Let a fault refuse a row (None: one that is about to be made).

        Raises:
            RowProblem: It does.
        """
        faults = self._org.faults
        if self._is_foreign or not faults.armed():
            return  # faults befall the program under test, not the somebody else who disturbs it
        where = {"object": table.module.name, "id": "" if row is None else table.ids.of(row)}
        about = {"api_name": "id", "json_path": row_path(place, "id")}
        if faults.take("lock_row", **where):
            message = "Sorry, you cannot perform this operation as the record is locked."
            raise RowProblem("RECORD_LOCKED", message, {**about, "action": "record_locking"})
        if faults.take("review_row", **where):
            raise RowProblem("NOT_REVIEWED", "record in review", about)
        if faults.take("forbid_row", **where):
            raise no_privilege()
        fault = faults.take("refuse_row", **where)
        if fault is not None:
            raise RowProblem(fault.text("code", "INVALID_DATA"), fault.text("message", "invalid data"), about)

    def _check(
        self, of: Field | None, name: str, value: object, values: Values, *, path: str
    ) -> RowProblem | None:
        """Check one field and put it among the values."""
        org = self._org
        if of is None:
            return None if org.switches["unknown_field"] == "ignored" else unknown_field(name, path)
        if not of.is_writable:
            if of.is_revoked or org.switches["read_only_field"] == "refused":
                return no_privilege()
            return None
        if of.data_type == "subform":
            stored, problem = self._subform(of, value, path)
        else:
            stored, problem = from_json(org, of, value, path)
        if problem is None:
            values[name] = stored
        return problem

    def _subform(self, of: Field, given: object, path: str) -> tuple[object, RowProblem | None]:
        """Check the rows of a subform: `id` updates, `_delete` removes, neither adds."""
        if given is None:
            return (), None
        if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
            return None, invalid_value(of.name, path, expected_data_type="jsonarray")
        columns = {column.name: column for column in of.columns}
        rows: list[Json] = []
        for number, item in enumerate(given):
            told: Json = {"id": str(item["id"])} if item.get("id") is not None else {}
            if "_delete" in item:
                told["_delete"] = None
            for name, value in item.items():
                if name in ("id", "_delete"):
                    continue
                column = columns.get(name)
                if column is None:
                    return None, unknown_field(name, f"{path}[{number}].{name}")
                stored, problem = from_json(self._org, column, value, f"{path}[{number}].{name}")
                if problem is not None:
                    return None, problem
                told[name] = stored
            rows.append(told)
        return tuple(rows), None

    def _append(self, table: Table, row: int | None, name: str, values: Values) -> None:
        old = () if row is None else table.value(row, name)
        new = values[name]
        if isinstance(old, tuple) and isinstance(new, tuple):
            values[name] = tuple(dict.fromkeys((*old, *new)))

    def _finish(
        self, table: Table, values: Values, problems: list[RowProblem], *, place: int, row: int | None
    ) -> None:
        if "Owner" in values and values["Owner"] is None:  # a record always belongs to somebody
            path = row_path(place, "Owner")
            problems.append(invalid_value("Owner", path, expected_data_type="jsonobject"))
        refused = {problem.details.get("api_name") for problem in problems}
        missing = self._missing(table, values, place, row)
        problems += [problem for problem in missing if problem.details.get("api_name") not in refused]
        problems += self._duplicates(table, values, place, row)
        if problems:
            raise several(problems)
        self._merge_subforms(table, values, row)
        if "Stage" in values and table.module.name == "Deals" and "Probability" not in values:
            values["Probability"] = dict(STAGES).get(str(values["Stage"]), 0)

    def _missing(self, table: Table, values: Values, place: int, row: int | None) -> list[RowProblem]:
        module = table.module
        needed = {name for name, of in module.fields.items() if of.mandatory} | module.layout_mandatory
        told: list[RowProblem] = [
            mandatory(name, row_path(place, name))
            for name in module.fields
            if name in needed and (values.get(name) is None if row is None or name in values else False)
        ]
        if self._wish.with_layout_rules:
            for name, value, then in module.layout_rules:
                if self._now_or_later(table, values, row, name) != value:
                    continue
                if self._now_or_later(table, values, row, then) is None:
                    rule = {"api_name": name, "name": f"{name} is {value}", "id": f"{module.id[:-4]}9200"}
                    told.append(mandatory(then, row_path(place, then), layout_rule=rule))
        return told

    def _now_or_later(self, table: Table, values: Values, row: int | None, name: str) -> object:
        if name in values or row is None:
            return values.get(name)
        return table.value(row, name)

    def _duplicates(self, table: Table, values: Values, place: int, row: int | None) -> list[RowProblem]:
        told = []
        for name, value in values.items():
            if value is None or not table.module.fields[name].unique:
                continue
            others = sorted(table.holders(name, str(value)) - {row})
            if others:
                told.append(self._duplicate(table, name, others, row_path(place, name)))
        return told

    def _duplicate(self, table: Table, name: str, others: abc.Sequence[int], path: str) -> RowProblem:
        other = table.ids.of(others[0])
        owner = self._org.person(table.value(others[0], "Owner")) or {}
        zuid = str(600_000_000 + (self._org.users.row(owner.get("id")) or 0))
        record = {
            "Owner": {**owner, "zuid": zuid},
            "module": {"api_name": table.module.name, "id": table.module.id},
            "id": other,
        }
        details = {
            "api_name": name,
            "json_path": path,
            "id": other,
            "duplicate_record": record,
            "more_records": len(others) > 1,
        }
        return RowProblem("DUPLICATE_DATA", "duplicate data", details)

    def _merge_subforms(self, table: Table, values: Values, row: int | None) -> None:
        for name, of in table.module.fields.items():
            if of.data_type != "subform" or not isinstance(values.get(name), tuple):
                continue
            kept: dict[str, Json] = {}
            old = () if row is None else table.value(row, name)
            if isinstance(old, tuple):
                kept = {str(item["id"]): dict(item) for item in old}
            given = values[name]
            for item in given if isinstance(given, tuple) else ():
                known = str(item.get("id") or self._org.new_id())
                if "_delete" in item:
                    kept.pop(known, None)
                else:
                    kept[known] = {**kept.get(known, {}), **item, "id": known}
            values[name] = tuple(kept.values())

    def _remember(self, table: Table, row: int) -> None:
        self._org.remember(table.module.name, row, dict(table.changed.get(row, {})))

    def _automate(self, table: Table, values: Values) -> None:
        """Do what the org's workflows do: web addresses in one form, and the tier into the notes as well."""
        triggers, switches = self._wish.triggers, self._org.switches
        if table.module.name != "Accounts" or not (triggers is None or "workflow" in triggers):
            return
        website, tier = values.get("Website"), values.get("Tier")
        if switches["automation"] == "on" and isinstance(website, str):
            lower = website.lower()
            values["Website"] = lower if "://" in lower else f"https://{lower}"
        if switches["second_field"] == "on" and isinstance(tier, str):
            values.setdefault("Notes_Text", f"Tier {tier}")


def edit_as_somebody_else(org: Org, table: Table, row: int, fields: abc.Mapping[str, object]) -> None:
    """Change a record as another user does, outside of any call.

    Raises:
        RowProblem: The fields are refused.
    """
    with org.lock:
        writing = Writing(org, user_id=org.users.ids.of(SOMEBODY_ELSE))
        writing.update(table, row, dict(fields))
        writing.commit(route="foreign", sha256="")


def let_others_edit(org: Org, table: Table, row: int) -> None:
    """Act out *concurrent_edit*: somebody is faster than the write that is about to come."""
    if not org.faults.has("concurrent_edit"):
        return
    fault = org.faults.take("concurrent_edit", object=table.module.name, id=table.ids.of(row))
    fields = fault.facts.get("fields") if fault else None
    if isinstance(fields, dict):
        edit_as_somebody_else(org, table, row, fields)


def _plain(values: Values) -> Values:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}

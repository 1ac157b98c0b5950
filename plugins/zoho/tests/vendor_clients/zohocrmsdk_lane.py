"""Runs one task with an unmodified zohocrmsdk8-0 and prints what it returned as one JSON line.

Run by the interpreter the vendor's package is installed in; knows nothing of Writeback.
Standard input: {"task", "url", "client_id", "client_secret", "refresh_token", "folder", …arguments}.
"""

import io
import json
import sys
import time
import zipfile
from datetime import date, datetime

from zohocrmsdk.src.com.zoho.api.authenticator.oauth_token import OAuthToken
from zohocrmsdk.src.com.zoho.api.authenticator.store import FileStore
from zohocrmsdk.src.com.zoho.api.logger import Logger
from zohocrmsdk.src.com.zoho.crm.api import HeaderMap, ParameterMap
from zohocrmsdk.src.com.zoho.crm.api import bulk_write as bulk
from zohocrmsdk.src.com.zoho.crm.api.coql import BodyWrapper as Statement
from zohocrmsdk.src.com.zoho.crm.api.coql import CoqlOperations
from zohocrmsdk.src.com.zoho.crm.api.dc import DataCenter
from zohocrmsdk.src.com.zoho.crm.api.initializer import Initializer
from zohocrmsdk.src.com.zoho.crm.api.modules import MinifiedModule
from zohocrmsdk.src.com.zoho.crm.api.record import BodyWrapper, GetRecordsParam, Record, RecordOperations
from zohocrmsdk.src.com.zoho.crm.api.sdk_config import SDKConfig
from zohocrmsdk.src.com.zoho.crm.api.users import GetUsersParam, MinifiedUser, UsersOperations
from zohocrmsdk.src.com.zoho.crm.api.util import Choice, StreamWrapper

given = json.loads(sys.stdin.buffer.read())


def start() -> None:
    url, folder = given["url"], given["folder"]
    Initializer.initialize(
        environment=DataCenter.Environment(url, url + "/oauth/v2/token", url),
        token=OAuthToken(
            client_id=given["client_id"],
            client_secret=given["client_secret"],
            refresh_token=given["refresh_token"],
            find_user=False,
        ),
        store=FileStore(file_path=folder + "/tokens.txt"),
        sdk_config=SDKConfig(auto_refresh_fields=True, pick_list_validation=False),
        resource_path=folder,
        logger=Logger.get_instance(level=Logger.Levels.ERROR, file_path=folder + "/sdk.log"),
    )


def plain(value: object) -> object:
    """Give what the client made of a value, as JSON."""
    match value:
        case Choice():
            shown = plain(value.get_value())
        case Record():
            shown = {name: plain(one) for name, one in value.get_key_values().items()}
        case datetime():
            shown = value.astimezone().isoformat()
        case date():
            shown = value.isoformat()
        case MinifiedUser():
            shown = {"id": str(value.get_id()), "name": value.get_name(), "email": value.get_email()}
        case list():
            shown = [plain(one) for one in value]
        case dict():
            shown = {name: plain(one) for name, one in value.items()}
        case str() | int() | float() | None:
            shown = value
        case _:  # a model of the client that no test looks into
            shown = type(value).__name__
    return shown


def record(fields: dict[str, object]) -> Record:
    made = Record()
    for name, value in fields.items():
        if name == "id":
            made.set_id(int(value))
        elif isinstance(value, list):
            made.add_key_value(name, [Choice(one) for one in value])
        elif name in given.get("picklists", ()):
            made.add_key_value(name, Choice(value))
        elif name in given.get("dates", ()):
            made.add_key_value(name, date.fromisoformat(value))
        elif name in given.get("datetimes", ()):
            made.add_key_value(name, datetime.fromisoformat(value))
        else:
            made.add_key_value(name, value)
    return made


def listed() -> object:
    operations, rows, token = RecordOperations(given["module"]), [], None
    while True:
        params = ParameterMap()
        params.add(GetRecordsParam.fields, given["fields"])
        params.add(GetRecordsParam.per_page, given["per_page"])
        if token:
            params.add(GetRecordsParam.page_token, token)
        wrapper = operations.get_records(params).get_object()
        rows += [plain(one) for one in wrapper.get_data()]
        if not wrapper.get_info().get_more_records():
            return rows
        token = wrapper.get_info().get_next_page_token()


def updated() -> object:
    return written("update_records")


def created() -> object:
    return written("create_records")


def written(act: str) -> object:
    request = BodyWrapper()
    request.set_data([record(fields) for fields in given["records"]])
    if "trigger" in given:
        request.set_trigger(given["trigger"])
    response = getattr(RecordOperations(given["module"]), act)(request)
    results = [
        {
            "code": one.get_code().get_value(),
            "status": one.get_status().get_value(),
            "details": {name: plain(value) for name, value in one.get_details().items()},
        }
        for one in response.get_object().get_data()
    ]
    return {"http": response.get_status_code(), "results": results}


def queried() -> object:
    return [asked(text) for text in given["queries"]]


def asked(text: str) -> object:
    statement = Statement()
    statement.set_select_query(text)
    response = CoqlOperations().get_records(statement)
    told = response.get_object()
    if response.get_status_code() == 204:
        return {"http": 204}
    if response.get_status_code() != 200:
        return {"http": response.get_status_code(), "code": told.get_code().get_value()}
    return {
        "http": 200,
        "rows": [plain(one) for one in told.get_data()],
        "more": told.get_info().get_more_records(),
    }


def users() -> object:
    params = ParameterMap()
    params.add(GetUsersParam.type, given["type"])
    wrapper = UsersOperations().get_users(params).get_object()
    return [
        {
            "id": str(one.get_id()),
            "email": one.get_email(),
            "name": one.get_full_name(),
            "status": one.get_status(),
        }
        for one in wrapper.get_users()
    ]


def uploaded() -> object:
    body, headers = bulk.FileBodyWrapper(), HeaderMap()
    body.set_file(StreamWrapper(file_path=given["zip"]))
    headers.add(bulk.UploadFileHeader.feature, "bulk-write")
    headers.add(bulk.UploadFileHeader.x_crm_org, given["org"])
    response = bulk.BulkWriteOperations().upload_file(body, headers)
    return response.get_object().get_details()["file_id"]


def loaded() -> object:
    """Make a job, follow it to its end, and take its result from both forms of its address."""
    job, deadline = made(), time.monotonic() + 60
    while (told := followed(job))["status"] != "COMPLETED":
        if time.monotonic() > deadline:
            raise TimeoutError(told)
    return {
        **told,
        "job": job,
        "results": [downloaded(url) for url in (told["url"], given["url"] + told["url"])],
    }


def made() -> str:
    request, resource, module = bulk.RequestWrapper(), bulk.Resource(), MinifiedModule()
    module.set_api_name(given["module"])
    resource.set_type(Choice("data"))
    resource.set_module(module)
    resource.set_file_id(str(uploaded()))  # the client makes it a number itself
    resource.set_find_by("id")
    resource.set_ignore_empty(True)
    mappings = []
    for index, name in enumerate(given["columns"]):
        mapping = bulk.FieldMapping()
        mapping.set_api_name(name)
        mapping.set_index(index)
        mappings.append(mapping)
    resource.set_field_mappings(mappings)
    request.set_operation(Choice("update"))
    request.set_resource([resource])
    answer = bulk.BulkWriteOperations().create_bulk_write_job(request)
    return str(answer.get_object().get_details()["id"])


def followed(job: str) -> dict[str, object]:
    told = bulk.BulkWriteOperations().get_bulk_write_job_details(job).get_object()
    file = told.get_resource()[0].get_file()
    done = told.get_result()
    return {
        "status": told.get_status(),
        "updated": file.get_updated_count(),
        "skipped": file.get_skipped_count(),
        "url": done.get_download_url() if done else None,
    }


def downloaded(url: str) -> object:
    told = bulk.BulkWriteOperations().download_bulk_write_result(url).get_object()
    with zipfile.ZipFile(io.BytesIO(told.get_file().get_stream().content)) as packed:
        [name] = packed.namelist()
        return {"name": name, "text": packed.read(name).decode()}


tasks = {
    "create": created,
    "list": listed,
    "update": updated,
    "coql": queried,
    "users": users,
    "load": loaded,
}
start()
print(json.dumps(tasks[given["task"]]()))

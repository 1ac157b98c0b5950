"""The package the connector builds on, unmodified, over https with the throw-away authority."""

import pytest
import requests
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceMalformedRequest, SalesforceResourceNotFound


@pytest.fixture
def client(make):
    org = make(rows=2100, https=True)
    with requests.Session() as http:
        http.trust_env = False
        http.verify = str(org.running.ca)
        org.http.verify = str(org.running.ca)
        url = org.running.url
        yield org, Salesforce(instance_url=url, session_id=org.running.token, session=http, version="67.0")


def test_it_describes_queries_and_pages(client) -> None:
    org, sf = client
    assert len(sf.Account.describe()["fields"]) == 77
    assert len(sf.describe()["sobjects"]) > 100
    rows = list(sf.query_all_iter("SELECT Id, Owner.Email FROM Account"))
    assert [row["Id"] for row in rows] == [org.id("Account", row) for row in range(2100)]
    assert sf.api_usage["api-usage"].used > 0


def test_it_updates_creates_and_sees_errors(client) -> None:
    org, sf = client
    given = org.id("Account")
    assert sf.Account.update(given, {"Industry": "Ärzte & Söhne"}) == 204
    assert org.value("Account", 0, "Industry") == "Ärzte & Söhne"
    made = sf.Contact.create({"LastName": "New", "AccountId": given})
    assert sf.Contact.get(made["id"])["AccountId"] == given
    with pytest.raises(SalesforceMalformedRequest) as refused:
        sf.Account.update(given, {"Tier__c": "x"})
    assert refused.value.content[0]["errorCode"] == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    with pytest.raises(SalesforceResourceNotFound):
        sf.Account.get("001000000000000AAA")


def test_it_inserts_and_is_told_what_is_there_already(client) -> None:
    org, sf = client
    made = sf.Account.create({"Name": "New", "External_Id__c": "N-1"})
    assert made == {"id": made["id"], "success": True, "errors": []}
    with pytest.raises(SalesforceMalformedRequest) as refused:
        sf.Account.create({"Name": "Newer", "External_Id__c": "n-1"})
    [problem] = refused.value.content
    assert problem["errorCode"] == "DUPLICATE_VALUE"
    words = "duplicate value found: External_Id__c duplicates value on record with id: "
    assert problem["message"] == words + made["id"]
    with pytest.raises(SalesforceMalformedRequest, match="Required fields are missing"):
        sf.Account.create({"External_Id__c": "N-2"})
    assert sf.Account.get_by_custom_id("External_Id__c", "N-1")["Name"] == "New"
    assert [entry["operation"] for entry in org.applied()] == ["create"]


def test_it_inserts_collections_each_for_itself(client) -> None:
    org, sf = client
    kind = {"type": "Account"}
    records = [{"attributes": kind, "Name": f"N {row}", "External_Id__c": f"N-{row % 3}"} for row in range(4)]
    told = sf.restful("composite/sobjects", method="POST", json={"allOrNone": False, "records": records})
    assert [row["success"] for row in told] == [True, True, True, False]
    assert told[3]["errors"][0]["statusCode"] == "DUPLICATE_VALUE"
    assert [entry["id"] for entry in org.applied()] == [row["id"] for row in told[:3]]


def test_it_writes_collections(client) -> None:
    org, sf = client
    records = [
        {"attributes": {"type": "Account"}, "id": org.id("Account", row), "Site": f"s{row}"}
        for row in range(200)
    ]
    told = sf.restful("composite/sobjects", method="PATCH", json={"allOrNone": False, "records": records})
    assert all(row["success"] for row in told)
    assert len(org.applied()) == 200


def test_it_loads_in_bulk(client) -> None:
    org, sf = client
    records = [{"Id": org.id("Account", row), "Site": f'a "b", {row}'} for row in range(50)]
    [told] = sf.bulk2.Account.update(records=records, wait=0.1)
    assert (told["numberRecordsProcessed"], told["numberRecordsFailed"]) == (50, 0)
    assert org.value("Account", 7, "Site") == 'a "b", 7'

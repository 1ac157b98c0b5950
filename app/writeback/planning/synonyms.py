"""Names that mean the same in the CRMs' standard objects, so that fields find their attributes.

Each group holds bare names (letters and digits, small). A name stands in one group only. The names are
those of the vendors' standard fields and their labels:
Salesforce object reference, HubSpot default properties, Dataverse account and contact tables, Zoho
standard modules.
"""

from typing import Final

_GROUPS: Final = (
    ("name", "accountname", "companyname", "organizationname", "account", "company", "dealname",
     "opportunityname", "topic"),
    ("fullname", "contactname", "leadname"),
    ("firstname", "givenname"),
    ("lastname", "surname", "familyname"),
    ("email", "emailaddress", "emailaddress1", "internalemailaddress", "mail"),
    ("phone", "telephone", "telephone1", "mainphone", "businessphone", "phonenumber", "workphone"),
    ("mobile", "mobilephone", "mobilephonenumber", "cellphone", "mobilenumber"),
    ("fax", "faxnumber"),
    ("website", "websiteurl", "websiteaddress", "url", "homepage", "web"),
    ("domain", "companydomainname", "companydomain"),
    ("industry", "industrycode", "sector"),
    ("employees", "numberofemployees", "noofemployees", "numemployees", "headcount", "employeecount",
     "staff"),
    ("revenue", "annualrevenue", "yearlyrevenue"),
    ("amount", "dealamount", "estimatedvalue", "estimatedrevenue", "opportunityamount"),
    ("closedate", "closingdate", "estimatedclosedate", "expectedclosedate"),
    ("stage", "stagename", "dealstage", "salesstage"),
    ("probability", "closeprobability", "dealprobability"),
    ("description", "notes", "about", "comments"),
    ("rating", "accountrating", "accountratingcode"),
    ("type", "accounttype", "customertype", "customertypecode", "relationshiptype", "companytype"),
    ("owner", "csm", "successmanager", "customersuccessmanager", "accountowner", "accountmanager",
     "accountexecutive", "recordowner", "contactowner", "companyowner", "dealowner", "hubspotowner",
     "ownerid", "hubspotownerid"),
    ("parent", "parentaccount", "parentcompany", "parentaccountid", "hqcompany"),
    ("accountnumber", "customernumber", "clientnumber"),
    ("lifecycle", "lifecyclestage", "customerstage"),
    ("title", "jobtitle", "position"),
    ("department",),
    ("birthdate", "birthday", "dateofbirth"),
    ("city", "billingcity", "address1city", "mailingcity", "town"),
    ("street", "billingstreet", "address", "address1line1", "streetaddress", "address1street1",
     "mailingstreet"),
    ("state", "billingstate", "address1stateorprovince", "stateregion", "province", "billingstateprovince",
     "address1stateprovince", "mailingstate", "mailingstateprovince"),
    ("postalcode", "zip", "zipcode", "billingcode", "billingpostalcode", "billingzippostalcode",
     "address1postalcode", "address1zippostalcode", "mailingzip", "mailingpostalcode",
     "mailingzippostalcode"),
    ("country", "billingcountry", "address1country", "countryregion", "address1countryregion",
     "mailingcountry"),
    ("shippingcity", "deliverycity", "address2city"),
    ("created", "createddate", "createdate", "createdon", "createdtime"),
    ("modified", "lastmodifieddate", "modifiedon", "modifiedtime", "lastmodified"),
    ("source", "leadsource", "accountsource", "leadsourcecode", "originalsource"),
    ("ticker", "tickersymbol", "stocksymbol"),
    ("ownership", "ownershipcode"),
    ("siccode", "sic"),
    ("priority", "prioritycode", "casepriority"),
    ("status", "casestatus", "leadstatus", "statuscode", "statusreason"),
    ("subject", "casesubject"),
    ("reason", "casereason"),
    ("origin", "caseorigin", "caseorigincode"),
    ("nextstep",),
)  # fmt: skip

_GROUP_OF: Final = {name: place for place, group in enumerate(_GROUPS) for name in group}


def mean_the_same(first: str, second: str) -> bool:
    """Say whether two bare names stand in one group."""
    place = _GROUP_OF.get(first)
    return place is not None and place == _GROUP_OF.get(second)

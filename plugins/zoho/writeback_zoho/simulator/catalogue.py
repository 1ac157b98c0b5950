"""The modules of the simulated org: three standard ones, one of its own, a subform, and the users."""

from collections import abc

from writeback_zoho.simulator.describing import Field, Module, named

INDUSTRIES = (
    "ASP (Application Service Provider)",
    "Data/Telecom OEM",
    "ERP (Enterprise Resource Planning)",
    "Government/Military",
    "Large Enterprise",
    "ManagementISV",
    "MSP (Management Service Provider)",
    "Non-management ISV",
    "Optical Networking",
    "Service Provider",
    "Small/Medium Enterprise",
    "Storage Equipment",
    "Wireless Industry",
)
ACCOUNT_TYPES = (
    "Analyst",
    "Competitor",
    "Customer",
    "Distributor",
    "Investor",
    "Partner",
    "Prospect",
    "Supplier",
)
RATINGS = ("Active", "Acquired", "Market Failed", "Project Cancelled", "Shut Down")
OWNERSHIPS = ("Other", "Private", "Public", "Subsidiary", "Partnership")
SEGMENTS = ("Retail", "Wholesale", "Public sector", "Food & Drink", "R&D", "Export")
TIERS = ("Gold", "Silver", "Bronze")
SOURCES = ("Advertisement", "Cold Call", "Employee Referral", "Partner", "Trade Show", "Web Download")
ACCOUNT_ROLES = ("Decision Maker", "Employee", "Influencer")
LANGUAGES = ("English", "Deutsch", "Français", "Español", "日本語", "العربية")
STAGES = (
    ("Qualification", 10),
    ("Needs Analysis", 20),
    ("Value Proposition", 40),
    ("Proposal/Price Quote", 75),
    ("Negotiation/Review", 90),
    ("Closed Won", 100),
    ("Closed Lost", 0),
)
LOSSES = ("Price", "Timing", "Competitor", "No decision")
LEVELS = ("Basic", "Plus", "Premium")
ADD_ONS = ("Backup", "24/7 support", "On-site visits", "Training")


def catalogue(org: int, *, extra: int = 0) -> dict[str, Module]:
    """Give the modules by name.

    Args:
        org: The 7 digits that ids of this org start with.
        extra: How many further, empty custom modules there are.
    """
    modules = [_accounts(), _contacts(), _deals(), _plans(), _sites(), users()]
    modules += [custom_module(number) for number in range(1, extra + 1)]
    for module in modules:
        give_ids(org, module)
    return {module.name: module for module in modules}


def give_ids(org: int, module: Module) -> None:
    """Give a module and its fields their ids."""
    module.id = f"{org}{module.number:02d}000000002"
    for number, of in enumerate(module.fields.values()):
        of.id = f"{org}{module.number:02d}0{1 + number:04d}0503"


def custom_module(number: int) -> Module:
    """Make one of many custom modules, without rows."""
    fields = named(
        [
            _name("Name", f"Custom {number} Name", 120),
            *_system(),
            Field("Remark", "Remark", "text", custom=True),
        ]
    )
    return Module(
        f"Custom_{number}",
        f"Custom {number}",
        f"Customs {number}",
        "Name",
        fields,
        40 + number % 50,
        generated_type="custom",
    )


def _text(
    name: str, length: int = 255, *, label: str = "", custom: bool = False, unique: bool = False
) -> Field:
    return Field(name, label or _label(name), "text", length, custom=custom, unique=unique)


def _of(data_type: str, *names: str, custom: bool = False) -> list[Field]:
    return [Field(name, _label(name), data_type, custom=custom, decimals=2) for name in names]


def _pick(name: str, picks: abc.Sequence[str], *, custom: bool = False, many: bool = False) -> Field:
    data_type = "multiselectpicklist" if many else "picklist"
    return Field(name, _label(name), data_type, picks=tuple(picks), custom=custom)


def _to(name: str, target: str, *, custom: bool = False) -> Field:
    data_type = "userlookup" if target == "Users" else "lookup"
    return Field(name, _label(name), data_type, target=target, custom=custom)


def _label(name: str) -> str:
    return name.replace("_", " ")


def _name(name: str, label: str, length: int) -> Field:
    return Field(name, label, "text", length, mandatory=True)


def _system() -> list[Field]:
    return [
        Field("id", "Record Id", "bigint", 20, system=True),
        Field("Owner", "Owner", "ownerlookup", 120, target="Users"),
        Field("Created_By", "Created By", "ownerlookup", 120, target="Users", system=True),
        Field("Modified_By", "Modified By", "ownerlookup", 120, target="Users", system=True),
        Field("Created_Time", "Created Time", "datetime", 120, system=True),
        Field("Modified_Time", "Modified Time", "datetime", 120, system=True),
    ]


def _address(prefix: str) -> list[Field]:
    return [
        _text(f"{prefix}_Street", 250),
        _text(f"{prefix}_City", 100),
        _text(f"{prefix}_State", 100),
        _text(f"{prefix}_Code", 30),
        _text(f"{prefix}_Country", 100),
    ]


def _accounts() -> Module:
    fields = [
        *_system(),
        _name("Account_Name", "Account Name", 200),
        _text("Account_Site", 80),
        _to("Parent_Account", "Accounts"),
        *_of("bigint", "Account_Number"),
        _pick("Account_Type", ACCOUNT_TYPES),
        _pick("Industry", INDUSTRIES),
        *_of("currency", "Annual_Revenue"),
        _pick("Rating", RATINGS),
        _pick("Ownership", OWNERSHIPS),
        *_of("phone", "Phone", "Fax"),
        *_of("website", "Website"),
        *_of("integer", "Employees", "SIC_Code"),
        *_address("Billing"),
        *_address("Shipping"),
        *_of("textarea", "Description"),
        Field("Record_Image", "Account Image", "profileimage", 255),
        Field("Account_Code", "Account Code", "autonumber", 50, custom=True),
        *_of("boolean", "Active", custom=True),
        _pick("Segments", SEGMENTS, custom=True, many=True),
        _pick("Tier", TIERS, custom=True),
        *_of("currency", "Contract_Value", custom=True),
        *_of("integer", "Seats", custom=True),
        *_of("double", "Usage_Index", custom=True),
        *_of("percent", "Health", custom=True),
        *_of("date", "Renewal_Date", custom=True),
        *_of("datetime", "Last_Review", custom=True),
        _text("External_Id", 40, custom=True, unique=True),
        Field(
            "Value_per_Seat", "Value per Seat", "formula", 16, custom=True, return_type="double", decimals=2
        ),
        *_of("textarea", "Notes_Text", custom=True),
        _to("Success_Manager", "Users", custom=True),
        _to("Primary_Contact", "Contacts", custom=True),
        Field("Sites", "Sites", "subform", custom=True, target="Sites", columns=tuple(_site_columns())),
    ]
    return Module("Accounts", "Account", "Accounts", "Account_Name", named(fields), 3)


def _contacts() -> Module:
    fields = [
        *_system(),
        _pick("Salutation", ("Ms.", "Mr.", "Dr.", "Prof.")),
        _text("First_Name", 40),
        _name("Last_Name", "Last Name", 80),
        Field("Full_Name", "Full Name", "text", 80, system=True),
        Field("Email", "Email", "email", 100, unique=True),
        _to("Account_Name", "Accounts"),
        _text("Title", 100),
        _text("Department", 50),
        *_of("phone", "Phone", "Mobile"),
        _pick("Lead_Source", SOURCES),
        *_of("date", "Date_of_Birth"),
        *_of("boolean", "Email_Opt_Out"),
        _to("Reporting_To", "Contacts"),
        _text("Mailing_Street", 250),
        _text("Mailing_City", 100),
        _text("Mailing_State", 100),
        _text("Mailing_Zip", 30),
        _text("Mailing_Country", 100),
        *_of("textarea", "Description"),
        _pick("Languages_Known", LANGUAGES, custom=True, many=True),
        _pick("Account_Role", ACCOUNT_ROLES, custom=True),
    ]
    return Module("Contacts", "Contact", "Contacts", "Full_Name", named(fields), 4)


def _deals() -> Module:
    stage = Field("Stage", "Stage", "picklist", 120, tuple(name for name, _ in STAGES), mandatory=True)
    fields = [
        *_system(),
        _name("Deal_Name", "Deal Name", 120),
        stage,
        *_of("integer", "Probability"),
        *_of("currency", "Amount"),
        Field("Expected_Revenue", "Expected Revenue", "currency", 16, system=True, decimals=2),
        *_of("date", "Closing_Date"),
        _to("Account_Name", "Accounts"),
        _to("Contact_Name", "Contacts"),
        _pick("Type", ("Existing Business", "New Business")),
        _text("Next_Step", 100),
        _pick("Lead_Source", SOURCES),
        _pick("Reason_For_Loss", LOSSES),
        *_of("textarea", "Description"),
    ]
    module = Module("Deals", "Deal", "Deals", "Deal_Name", named(fields), 5)
    module.layout_mandatory = frozenset({"Closing_Date"})
    module.layout_rules = (("Stage", "Closed Lost", "Reason_For_Loss"),)
    return module


def _plans() -> Module:
    fields = [
        *_system(),
        _name("Name", "Service Plan Name", 120),
        _to("Account", "Accounts", custom=True),
        _pick("Plan_Level", LEVELS, custom=True),
        *_of("currency", "Monthly_Fee", custom=True),
        *_of("date", "Starts_On", custom=True),
        *_of("datetime", "Renewed_At", custom=True),
        *_of("boolean", "Auto_Renew", custom=True),
        _pick("Add_Ons", ADD_ONS, custom=True, many=True),
        *_of("textarea", "Terms", custom=True),
    ]
    return Module(
        "Service_Plans", "Service Plan", "Service Plans", "Name", named(fields), 11, generated_type="custom"
    )


def _site_columns() -> list[Field]:
    return [
        _text("Site_Name", 120, custom=True),
        _text("Country", 100, custom=True),
        *_of("integer", "Head_Count", custom=True),
    ]


def _sites() -> Module:
    fields = [
        Field("id", "Record Id", "bigint", 20, system=True),
        *_site_columns(),
        _to("Parent_Id", "Accounts"),
    ]
    module = Module("Sites", "Sites", "Sites", "Site_Name", named(fields), 12, generated_type="subform")
    module.parent = "Accounts"
    return module


def users() -> Module:
    """Give the module of users, which COQL and lookups reach; `/settings/modules` does not list it."""
    fields = [
        Field("id", "User Id", "bigint", 20, system=True),
        _text("email", 100),
        _text("first_name", 50),
        _text("last_name", 50),
        _text("full_name", 101),
        _text("status", 20),
    ]
    return Module("Users", "User", "Users", "full_name", named(fields), 1)

"""Words the invented records are made of. No name, address or number here belongs to anybody."""


def listed(text: str) -> tuple[str, ...]:
    """Give the words of a text."""
    return tuple(text.split())


FIRST = listed(
    """
    Alma Anders Beatriz Bruno Carla Chidi Clara Daniel Dewi Elif Emil Farah Finn Greta Hana Hugo Ines Ivan
    Jana Jonas Karin Kofi Lena Lucía Marek Mina Nadia Noah Olga Oskar Paula Pável Quinn Rosa Saanvi Søren
    Tara Tomás Ulla Viktor Wanda Xavier Yara Zoë
    """
)
LAST = listed(
    """
    Abel Baumann Castro Dahl Ekström Fischer García Hansen Ibáñez Jansen Kowalska Larsen Müller Nakamura
    O'Connor Petrov Quist Rossi Sørensen Takeda Urban Varga Weiss Xu Yılmaz Zeller
    """
)
PLACES = listed(
    """
    Aldgate Birchwood Cobalt Dunmore Eastbrook Fairhaven Granite Harbour Ironbridge Juniper Kingsway
    Lakeside Meridian Northfield Oakhurst Pinewood Quayside Redstone Silverdale Thornbury Upland Vantage
    Westgate Yarrow Zenith
    """
)
TRADES = listed(
    """
    Foods Logistics Textiles Instruments Energy Ceramics Optics Bakeries Timber Robotics Shipping Dairies
    Chemicals Interiors Publishing Tools Breweries Pharma Machinery Insurance
    """
)
FORMS = ("Ltd", "GmbH", "Inc.", "S.A.", "AB", "Group", "Partners", "& Sons", "Cooperative", "BV")
CITIES = ("Bristol", "Köln", "Gdańsk", "Málaga", "Ghent", "Turku", "Porto", "Leeds", "Graz", "Odense", "Brno")
COUNTRIES = (
    "United Kingdom",
    "Germany",
    "Poland",
    "Spain",
    "Belgium",
    "Finland",
    "Portugal",
    "Austria",
    "Denmark",
)
STREETS = (
    "High Street",
    "Mill Lane",
    "Hafenstraße",
    "Calle Mayor",
    "Station Road",
    "Rue du Port",
    "Ringvägen",
)
TITLES = (
    "Head of Operations",
    "Buyer",
    "CFO",
    "Plant Manager",
    "IT Lead",
    "Assistant",
    "Director, Supply Chain",
)
TEAMS = ("Northern Europe", "Southern Europe", "Key Accounts", "Partners", "Onboarding")

# Texts that break careless programs: separators, quotes, line breaks, formulas, markup, other scripts.
HOSTILE_NAMES = (
    'Aldgate, Birch & "Sons" Ltd',
    '=HYPERLINK("http://sim.example","Open") Trading',
    "<b>Bold</b> & <img src=x> Traders",
    "株式会社サンプル商事",
    "O'Leary; DROP TABLE Foods--",
    "[/x] :smile: [bold]Markup[/bold] Inc.",
    "Ærø Ølbryggeri – Søn & Co.",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "شركة المثال للتجارة",
    "Emoji 🙂👩‍👩‍👧 Kitchens",
    "#N/A",
    "Back\\slash `tick` ${HOME} %s {0} Works",
)
# What people write, and between it what breaks careless programs.
NOTES = (  # 17, a prime: no rhythm of empty rows hides one of them
    "Renewal talks start in spring; finance wants one invoice a year.",
    "Three sites, one contract. Ask for Rosa at the front desk.",
    'Line one\nLine two, with a comma\nand "quotes"',
    "Uses the export every Monday.",
    "Pilot went well, roll-out planned by region.",
    "Tab\there; semicolon; pipe | end",
    "Prefers e-mail. No calls before ten.",
    "Merged with a competitor last year.",
    "Combining e\u0301, zero\u200bwidth, narrow\u202fspace",
    "Waiting for a quote on training.",
    "Reference customer since 2021.",
    "+49 221 000\n-1\n=1+1",
    "Open point: single sign-on.",
    "Budget approved until December.",
    '{"json": [1, 2, null]} <script>alert(1)</script>',
    "Seats to be counted again in June.",
    "Asked about the new price list.",
)

"""Words the invented records are made of. No name, address or number here belongs to anybody."""


def listed(text: str) -> tuple[str, ...]:
    """Give the words of a text."""
    return tuple(text.split())


FIRST = listed(
    """
    Adaeze Aino Björn Camila Dušan Eirik Fatima Giulia Håkon Ilse Joaquín Katya Łukasz Maël Ngozi
    Oisín Priya Rüya Šárka Thandi Uğur Veronika Wout Ximena Yusuf Zofia
    """
)
LAST = listed(
    """
    Achterberg Brânză Çelik D'Angelo Eklund Ferreira Grünwald Haugen Iversen Jiménez Kaczmarek
    Lindqvist Mokoena Novák Okafor Pohl Quiroga Räsänen Stojanović Thorvaldsen Ueda Visser Wójcik
    Ybarra Zhou
    """
)
PLACES = listed(
    """
    Amberley Brackwater Calder Dovecote Elmstead Foxglove Glenmoor Hollow Inverary Kestrel Larkspur
    Millbrook Nettle Orchard Pembury Ravenhill Saltmarsh Tamarind Umber Vale Whitby Yewtree
    """
)
TRADES = listed(
    """
    Analytics Bicycles Carpentry Drones Elevators Ferries Greenhouses Hydraulics Ironworks Joinery
    Kayaks Lighting Mills Nurseries Orthopaedics Printing Quarries Rail Sailmakers Turbines
    """
)
FORMS = ("Ltd", "GmbH", "Inc.", "S.L.", "AS", "Group", "& Daughters", "Coop", "B.V.", "Oy")
CITIES = ("Åarhus", "Brno", "Córdoba", "Dresden", "Évora", "Gdynia", "İzmir", "Lyon", "Malmö", "York")
COUNTRIES = ("Denmark", "Czechia", "Spain", "Germany", "Portugal", "Poland", "Türkiye", "France", "Sweden")
JOBS = ("Buyer", "CFO", "Head of Operations", "Plant manager", "IT lead", "Director, Supply chain")

# Texts that break careless programs: separators, quotes, line breaks, formulas, markup, other scripts.
HOSTILE_NAMES = (
    'Calder, Dove & "Daughters" Ltd',
    '=HYPERLINK("http://sim.example","Open") Trading',
    "<b>Bold</b> & <img src=x> Traders",
    "株式会社サンプル工業",
    "O'Hara; DROP TABLE Mills--",
    "Łódź Żurawie – Żółć & Co.",
    "شركة المثال للصناعة",
    "Emoji 🚲👩‍🔧 Bicycles",
    "#N/A",
    "Back\\slash `tick` ${HOME} %s {0} Works",
)
# What people write, and between it what breaks careless programs.
NOTES = (  # 17, a prime: no rhythm of empty rows hides one of them
    "Came in by the spring fair.",
    "Wants a call after the board meets.",
    'Line one\nLine two, with a comma\nand "quotes"',
    "Two open questions about delivery times.",
    "Old supplier leaves at the end of the year.",
    "Tab\there; semicolon; pipe | end",
    "Family business, third generation.",
    "Sends orders as a sheet.",
    "Combining e\u0301, zero\u200bwidth, narrow\u202fspace",
    "Was asked for a case study.",
    "Happy with the last visit.",
    "+45 33 00\n-1\n=1+1",
    "New buyer since May.",
    "Compares us with two others.",
    '{"json": [1, 2, null]} <script>alert(1)</script>',
    "Invoice address differs.",
    "Prefers visits to calls.",
)

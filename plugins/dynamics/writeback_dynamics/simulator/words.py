"""Words the invented rows are made of. No name, address or number here belongs to anybody."""


def listed(text: str) -> tuple[str, ...]:
    """Give the words of a text."""
    return tuple(text.split())


FIRST = listed(
    "Aino Björn Cécile Dariusz Eszter Fritz Gül Hanna Iñigo Jürgen Kaisa Lars Mónica Niamh Oğuz Petra "
    "Quentin Renée Šárka Tobias Ursel Vítor Wiebke Xenia Yusuf Zsófia"
)
LAST = listed(
    "Åkerman Brontë Çelik D'Amico Eichhörn Fernández Groß Horváth Iversen Jónsdóttir Kovač Łukasik "
    "Møller Nagy O'Brien Pärt Quiroga Řezník Schäfer Þorsson Uğur Vélez Wójcik Yáñez Žukauskas"
)
PLACES = listed(
    "Alder Beacon Cedar Delta Ember Falcon Garnet Heron Indigo Jasper Kestrel Linden Magnet Nimbus Onyx "
    "Pioneer Quartz Raven Summit Tundra Umber Violet Willow Xylon Zephyr"
)
TRADES = listed(
    "Aviation Boats Coffee Dental Electric Freight Glass Hydraulics Irrigation Joinery Kitchens "
    "Lighting Mining Networks Organics Packaging Quarries Roofing Solar Turbines"
)
FORMS = ("Ltd", "GmbH", "Inc.", "S.A.", "AB", "Oy", "Partners", "& Co.", "SpA", "BV")
CITIES = (
    "Århus",
    "Brno",
    "Cork",
    "Düsseldorf",
    "Évora",
    "Gävle",
    "Łódź",
    "Malmö",
    "Nîmes",
    "Szeged",
    "Tromsø",
)
COUNTRIES = ("Denmark", "Czechia", "Ireland", "Germany", "Portugal", "Sweden", "Poland", "France", "Hungary")
STREETS = (
    "Canal Street",
    "Gartenweg",
    "Rue de l'Église",
    "Calle Nueva",
    "Østergade",
    "Via Roma",
    "Kossuth utca",
)
TITLES = ("Buyer", "CFO", "Head of IT", "Plant Manager", "Assistant", "Director, Supply Chain", "Engineer")

# Texts that break careless programs: separators, quotes, line breaks, formulas, markup, other scripts.
HOSTILE_NAMES = (
    'Alder, Birch & "Daughters" Ltd',
    '=HYPERLINK("http://sim.example","Open") Boats',
    "<b>Bold</b> & <img src=x> Traders",
    "有限会社サンプル",
    "O'Leary's; DROP TABLE Roofs--",
    "Ærø Sølvsmedje – Far & Søn",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "مؤسسة النموذج",
    "Emoji 🙂👩‍👩‍👧 Kitchens",
    "#N/A",
    "Back\\slash `tick` ${HOME} %s {0} Works",
    "100% + more; a=b&c",
)
# What people write, and between it what breaks careless programs.
NOTES = (  # 17, a prime: no rhythm of empty rows hides one of them
    "Service contract runs until next summer.",
    "Asked for a second user in the warehouse.",
    'First line\r\nsecond line, with a comma\r\nand "quotes"',
    "Delivery only on weekdays.",
    "Moved to a larger plant in March.",
    "Tab\there; semicolon; pipe | end",
    "Key account of the northern team.",
    "Prices fixed for twelve months.",
    "Combining e\u0301, zero\u200bwidth, narrow\u202fspace",
    "Sends complaints by letter.",
    "Board decides in autumn.",
    "+49 221 000\n-1\n=1+1",
    "Open invoice was paid.",
    "Wants figures by quarter.",
    '{"json": [1, 2, null]} <script>alert(1)</script>',
    "Trial of the new module agreed.",
    "Contact speaks Italian.",
)

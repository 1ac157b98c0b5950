"""Words the invented records are made of. No name, address or number here belongs to anybody."""


def listed(text: str) -> tuple[str, ...]:
    """Give the words of a text."""
    return tuple(text.split())


FIRST = listed(
    """
    Aino Bastian Chiara Dmitri Élodie Fatima Gustav Henrike Imani Jörg Katarzyna Luís Mairead Nils Oksana
    Priya Quentin Rasmus Siobhán Thandiwe Uwe Valérie Wiebke Ximena Yusuf Zsófia
    """
)
LAST = listed(
    """
    Andersson Björk Çelik Dvořák Eriksen Ferreira Grünwald Håkansson Íñiguez Jelić Kaczmarek Lefèvre
    MacLeod Nowak O'Brien Peña Quaresma Rózsa Šimić Tanaka Ünal Válek Wójcik Xanthos Yamamoto Žukauskas
    """
)
PLACES = listed(
    """
    Alder Basalt Cedar Delta Ember Fjord Gable Heron Indigo Jasper Kestrel Linden Marble Nimbus Osprey
    Prairie Quartz Raven Saffron Tundra Umber Velvet Willow Yonder Zephyr
    """
)
TRADES = listed(
    """
    Analytics Bikes Castings Dental Elevators Fabrics Gardens Hotels Irrigation Joinery Kitchens Lighting
    Mills Nurseries Orchards Packaging Quarries Roofing Seeds Tyres
    """
)
FORMS = ("Ltd", "GmbH", "Inc.", "S.r.l.", "AB", "Group", "Pvt. Ltd.", "& Daughters", "Oy", "Sp. z o.o.")
CITIES = (
    "Aarhus",
    "Bergamo",
    "Coimbra",
    "Düren",
    "Eger",
    "Falun",
    "Gdynia",
    "Hilo",
    "İzmir",
    "Jerez",
    "Łódź",
)
COUNTRIES = ("Denmark", "Italy", "Portugal", "Germany", "Hungary", "Sweden", "Poland", "India", "Spain")
STREETS = ("Harbour Road", "Mühlenweg", "Via Roma", "Rua Nova", "Kungsgatan", "Fő utca", "ul. Długa")
TITLES = ("Buyer", "CFO", "Head of Sales", "Plant Manager", "IT Lead", "Director, Supply Chain", "Assistant")
TEAMS = ("North", "South", "Key Accounts", "Partners", "Onboarding")

# Texts that break careless programs: separators, quotes, line breaks, formulas, markup, other scripts.
HOSTILE_NAMES = (
    'Alder, Basalt & "Daughters" Ltd',
    '=HYPERLINK("http://sim.example","Open") Mills',
    "<b>Bold</b> & <img src=x> Hotels",
    "株式会社見本商会",
    "O'Brien; select id from Accounts where id is not null --",
    "[/x] :smile: [bold]Markup[/bold] Inc.",
    "Ærø Ølbryggeri – Søn & Co.",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "شركة النموذج للتجارة",
    "Emoji 🙂👩‍👩‍👧 Kitchens",
    "#N/A",
    "Back\\slash `tick` ${HOME} %s {0} Works",
)
# What people write, and between it what breaks careless programs.
NOTES = (  # 17, a prime: no rhythm of empty rows hides one of them
    "First order by telephone.",
    "Asked for longer payment terms.",
    'Line one\nLine two, with a comma\nand "quotes"',
    "Branch in Porto opens soon.",
    "Needs certificates with each delivery.",
    "Tab\there; semicolon; pipe | end: colon",
    "Knows our product from a trade fair.",
    "Call back in the second week.",
    "Combining e\u0301, zero\u200bwidth, narrow\u202fspace",
    "Technical contact is on leave.",
    "Interested in a frame contract.",
    "+49 221 000\n-1\n=1+1",
    "Has own transport.",
    "Likes short answers.",
    '{"json": [1, 2, null]} <script>alert(1)</script>',
    "Two addresses, one account.",
    "Order form was out of date.",
)

"""The demo company: people, markets, sources, rates. Constants; their use is in the other modules."""

from dataclasses import dataclass
from datetime import date

DOMAIN = "lumen-office.example.com"
SMALL, ENTERPRISE = "Small Business", "Enterprise"
WEBSITE, OUTBOUND, EVENT = "website_form", "outbound_prospecting", "event"


@dataclass(frozen=True)
class User:
    """One user of the CRMs; `slowness` multiplies the time that this rep takes for a first contact."""

    user_id: str
    first_name: str
    last_name: str
    team: str
    role: str
    slowness: float = 1.0

    @property
    def name(self) -> str:
        """The name as HubSpot's owner columns show it."""
        return f"{self.first_name} {self.last_name}"

    @property
    def email(self) -> str:
        """The address at the company."""
        return f"{self.first_name}.{self.last_name}@{DOMAIN}".lower()


USERS = [
    User("50200101", "Ottavia", "Lanfranchi", "Sales Small Business", "Sales rep", 0.7),
    User("50200102", "Elio", "Marzotti", "Sales Small Business", "Sales rep"),
    User("50200103", "Nives", "Corbari", "Sales Small Business", "Sales rep", 0.9),
    User("50200104", "Tullio", "Bernasca", "Sales Small Business", "Sales rep", 5.0),
    User("50200105", "Zeno", "Altieri", "Sales Small Business", "Sales rep", 1.2),
    User("50200106", "Isotta", "Valmori", "Sales Enterprise", "Sales rep", 0.8),
    User("50200107", "Ludovico", "Sereni", "Sales Enterprise", "Sales rep", 1.1),
    User("50200108", "Brigida", "Castellari", "Sales Enterprise", "Sales rep", 1.6),
    User("50200109", "Aurelia", "Montecchi", "Sales Management", "Sales manager"),
    User("50200110", "Fosca", "Ridolfini", "Marketing", "Marketing manager"),
    User("50200111", "Corrado", "Pellegrinetti", "Marketing", "Marketer"),
    User("50200112", "Mirta", "Savorelli", "Marketing", "Marketer"),
]
REPS = {stream: [user for user in USERS if user.team == f"Sales {stream}"] for stream in (SMALL, ENTERPRISE)}
# Who is on leave, from when until when, and who works for them, as in reference/absences.csv.
LEAVES = [
    ("Zeno Altieri", date(2026, 8, 17), date(2026, 8, 28), "Nives Corbari"),
    ("Tullio Bernasca", date(2026, 10, 5), date(2026, 10, 16), "Elio Marzotti"),
]


def at_work(user: User, day: date) -> User:
    """The user, or who covers for them on that day."""
    for name, first, last, cover in LEAVES:
        if user.name == name and first <= day <= last:
            return next(other for other in USERS if other.name == cover)
    return user


@dataclass(frozen=True)
class Segment:
    """Leads of one stream and lead type: how many per year, and their rates (0 to 1)."""

    stream: str
    lead_type: str
    leads: int
    mql_rate: float
    sql_rate: float
    opportunity_rate: float
    win_rate: float


# The rates are near those that the agreement assumes, deliberately not equal: a review must find a difference.
SEGMENTS = [
    Segment(SMALL, WEBSITE, 3060, 0.85, 0.32, 0.81, 0.25),
    Segment(SMALL, OUTBOUND, 800, 0.87, 0.46, 0.83, 0.23),
    Segment(SMALL, EVENT, 345, 0.87, 0.40, 0.80, 0.24),
    Segment(ENTERPRISE, WEBSITE, 200, 0.84, 0.36, 0.78, 0.22),
    Segment(ENTERPRISE, OUTBOUND, 130, 0.86, 0.44, 0.78, 0.23),
    Segment(ENTERPRISE, EVENT, 80, 0.88, 0.40, 0.78, 0.22),
]
SPAM_LEADS = 180

# Mean amount of a deal and median days from its creation to its end.
DEAL_SIZE = {SMALL: 2_000.0, ENTERPRISE: 24_000.0}
DAYS_TO_CLOSE = {SMALL: 18.0, ENTERPRISE: 66.0}

SEARCH_CAMPAIGNS = ["Search - Brand", "Search - Office chairs", "Search - Lighting"]
SOCIAL_CAMPAIGNS = {
    "LinkedIn": ["LinkedIn - Facility managers", "LinkedIn - Retargeting"],
    "Facebook": ["Meta - Small offices"],
}


@dataclass(frozen=True)
class AdCampaign:
    """One campaign of an ad platform; LinkedIn's account is in dollars, the others in euros."""

    platform: str
    campaign_id: str
    name: str
    daily_spend: float
    cost_per_click: float


AD_CAMPAIGNS = [
    AdCampaign("google", "20111000001", "Search - Brand", 18.0, 0.9),
    AdCampaign("google", "20111000002", "Search - Office chairs", 42.0, 2.1),
    AdCampaign("google", "20111000003", "Search - Lighting", 27.0, 1.8),
    AdCampaign("linkedin", "507000001", "LinkedIn - Facility managers", 34.0, 6.5),
    AdCampaign("linkedin", "507000002", "LinkedIn - Retargeting", 12.0, 4.2),
    AdCampaign("meta", "1202000001", "Meta - Small offices", 16.0, 0.8),
]
BING_CAMPAIGN = AdCampaign("microsoft", "370000001", "Search - Lighting (Bing)", 9.0, 1.3)

# HubSpot's source: its weight, and the drill-downs 1 and 2 to choose from. None is a lead without a source.
WEB_SOURCES: dict[str | None, tuple[float, list[tuple[str, str]]]] = {
    "Organic Search": (34, [("Unknown keywords (SSL)", "Google"), ("Unknown keywords (SSL)", "Bing")]),
    "Paid Search": (22, [(campaign, "office") for campaign in SEARCH_CAMPAIGNS]),
    "Paid Social": (10, [(net, campaign) for net, names in SOCIAL_CAMPAIGNS.items() for campaign in names]),
    "Email Marketing": (8, [("Newsletter", "Monthly issue"), ("Light and wellbeing series", "Mail 2")]),
    "Referrals": (7, [("blog.example.org", "/offices"), ("partners.example.net", "/lumen")]),
    "Direct Traffic": (9, [("www.lumen-office.example.com/", "")]),
    "Social Media": (4, [("LinkedIn", "Company page"), ("Instagram", "Company page")]),
    "AI Referrals": (3, [("assistant.example.net", "")]),
    None: (3, [("", "")]),
}
OUTBOUND_LISTS = [
    "Outbound list: Milan offices",
    "Outbound list: Relocations",
    "Outbound list: Architects",
    "IMPORT",
]
# Name and first day of each event; its leads are imported on that day and the next.
EVENTS = [
    ("Event: Workspace Forum 2025", (2025, 10, 22)),
    ("Event: Light Day 2025", (2025, 11, 26)),
    ("Event: Office Expo 2026", (2026, 2, 18)),
    ("Event: Design Week 2026", (2026, 4, 21)),
    ("Event: Facility Summit 2026", (2026, 6, 10)),
    ("Event: Workspace Forum 2026", (2026, 9, 16)),
]
FORMS = ["Request a quote", "Book a lighting check", "Download: office planning guide", "Contact us"]
LOST_REASONS = [
    "Price",
    "No budget this year",
    "Chose a competitor",
    "No decision",
    "Timing",
    "Missing product",
]
INDUSTRIES = ["Architecture", "Legal Services", "Software", "Accounting", "Healthcare", "Education", "Retail"]
# Country: weight and currency of its deals.
COUNTRIES = {
    "Italy": (86, "EUR"),
    "Germany": (3, "EUR"),
    "France": (3, "EUR"),
    "Switzerland": (4, "CHF"),
    "United Kingdom": (2, "GBP"),
    "United States": (2, "USD"),
}


def _words(text: str) -> list[str]:
    return text.split()


FIRST_NAMES = _words("""
    Ada Alba Amos Bice Bruna Carlo Cecilia Dario Delia Egle Elvira Fabio Fedora Gaia Gino Ilde Italo Lidia
    Lucio Mara Nevio Niccolò Olga Oreste Pia Quinto Rina Romeo Sandra Sirio Tea Tito Ugo Vera Vito Zita
""")
LAST_NAMES = _words("""
    Abbondi Balestri Canaletto Dossena Erbari Faggioli Galdini Iotti Lodari Mezzanotte Nalin Orsucci Pravato
    Quarenghi Rovelli Sabbadin Tornaghi Ubaldi Vismari Zambrini Bellandi Crivelli D'Argenta Fontanari
""")
# Places and trades whose pairs make the companies' names.
COMPANY_WORDS = _words("""
    Brera Navigli Isola Lambro Ticino Olona Adda Sempione Loreto Certosa Duomo Larius Orobia Brianza Lomellina
    Verbano Martesana Ghisolfa Bovisa Corvetto Barona Turro Precotto Bicocca Affori Quarto Baggio Lorenteggio
""")
COMPANY_KINDS = _words("""
    Studio Legal Partners Software Design Advisory Dental Academy Logistics Retail Works Labs Foods Textiles
    Clinics Media Engineering Interiors Travel Archive Optics Paper Ceramics Finance Energy Systems
""")
COMPANY_FORMS = ["", "", " Srl", " SpA", " & Co", ", Milan", ' "Nova"']

"""The meaning of labels: the words for stages, kinds of activity, channels, personal data and money.

Belongs here: words, as plain tables that are easy to extend; in each table the first row with a matching word counts.
Does not belong here: labels of columns (fields.py). A label without a matching word is asked about, or omitted and
listed.
"""

ACTIVITY_LABELS = {
    "call": "Call",
    "event": "Meeting",
    "meeting": "Meeting",
    "appointment": "Meeting",
    "task": "Task",
    "email": "Email",
}

# In these a column "Call type" may be the direction; in all others "Activity type" is the kind of activity.
DIRECTED = ("call", "email")

# The files of persons that contain leads; the creation of other persons is not a stage change.
LEAD_WORDS = "lead|prospect|enquiry|inquiry|signup"

# The stage of a label, by the words in it; the first row with one of them counts: "not qualified" comes first.
STAGES = {
    "disqualified": "disqualified|not qualified|unqualified|junk|spam",
    "rejected": "rejected",
    "recycled": "recycled|nurture",
    "lost": "lost|abandoned|declined|dead|gone away|no decision|cancelled|canceled",
    "customer": "won|customer|signed",
    "mql": "mql|marketing qualified|marketing qualified lead",
    "sal": "sal|sales accepted|sales accepted lead",
    "sql": "sql|sales qualified|sales qualified lead",
    "opportunity": "qualification|qualified to buy|needs analysis|discovery|appointment scheduled|presentation|demo|"
    "prospect|prospecting|proposal|quote|offer|negotiation|review|contract sent|value proposition|open|new|in progress|"
    "decision maker",
    "lead": "lead",
}
ACTIVITIES = {
    "call": "call|phone|telephone|voicemail",
    "email": "email|e mail|mail|reply",
    "meeting": "meeting|appointment|visit|demo|video|webinar",
    "document": "document|proposal|quote",
    "task": "task|to do|todo",
    "note": "note|comment",
}
CHANNELS = {
    "Paid Search": "google ads|adwords|paid search|cpc|ppc|sem|bing ads|search ads",
    "Paid Social": "paid social|facebook ads|meta ads|linkedin ads|instagram ads",
    "Organic Social": "social|facebook|linkedin|instagram|twitter|tiktok|organic social|social media",
    "Organic Search": "organic|organic search|seo|google|bing|search",
    "Display": "display|banner|advertisement",
    "Email": "email|e mail|newsletter|mailing|email marketing",
    "Referral": "referral|word of mouth|recommendation|partner",
    "Event": "event|trade show|tradeshow|fair|exhibition|conference|seminar|webinar",
    "Outbound": "cold call|outbound|prospecting|cold email",
    "Affiliates": "affiliate|affiliates",
    "Direct": "direct|website|web site|web form",
    "Offline": "offline|print|radio|tv|phone|walk in|public relations|import",
    "Unknown": "unknown|none|n a|not known",
}
NOT_NEW_BUSINESS = "existing|renewal|upsell|upgrade|expansion|cross sell"
NOT_REVENUE = "cancelled|canceled|void|voided|draft|deleted"
INBOUND = "inbound|incoming|received"
PERSONAL = (
    "email|e mail|mail|phone|telephone|mobile|cell|fax|first name|last name|firstname|lastname|surname|full name|"
    "given name|family name|contact name|lead name|person name|street|address|postcode|post code|zip|zip code|"
    "postal code|birth date|birthday|date of birth|comment|comments|note|notes|message|description|skype|tax code|"
    "passport|iban"
)
CURRENCY_SYMBOLS = {"€": "EUR", "£": "GBP", "zł": "PLN", "₹": "INR", "₺": "TRY", "R$": "BRL", "CHF": "CHF"}

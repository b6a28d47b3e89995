{#-
    One spelling of HubSpot's own words: the API's and a connector's internal values (`marketingqualifiedlead`,
    `PAID_SEARCH`, the id of a call outcome) read as the labels that an export writes. A word of the portal's own stays
    as it is. Portals relabel default values: then an export has the portal's label, and the internal value this one.
-#}
{% macro hubspot_label(kind, value) -%}
    {%- set labels = {
        "lifecycle_stage": [
            "Subscriber",
            "Lead",
            "Marketing Qualified Lead",
            "Sales Qualified Lead",
            "Opportunity",
            "Customer",
            "Evangelist",
            "Other",
        ],
        "lead_status": [
            "New",
            "Open",
            "In Progress",
            "Open Deal",
            "Unqualified",
            "Attempted to Contact",
            "Connected",
            "Bad Timing",
        ],
        "source": [
            "Organic Search",
            "Paid Search",
            "Email Marketing",
            "Organic Social",
            "Social Media",
            "Paid Social",
            "Referrals",
            "Other Campaigns",
            "Direct Traffic",
            "Offline Sources",
            "AI Referrals",
        ],
        "pipeline": ["Sales Pipeline"],
        "deal_stage": [
            "Appointment Scheduled",
            "Qualified To Buy",
            "Presentation Scheduled",
            "Decision Maker Bought-In",
            "Contract Sent",
            "Closed Won",
            "Closed Lost",
        ],
        "call_outcome": [
            "Connected",
            "No answer",
            "Left voicemail",
            "Left live message",
            "Busy",
            "Wrong number",
        ],
        "call_status": [
            "Canceled",
            "Failed",
            "Queued",
            "Ringing",
            "Connecting",
            "Calling CRM user",
            "In progress",
            "Busy",
            "No answer",
            "Missed",
        ],
        "email_status": ["Sent", "Sending", "Scheduled", "Bounced", "Failed"],
        "task_status": ["Not Started", "In Progress", "Waiting", "Deferred", "Completed"],
        "meeting_outcome": ["Scheduled", "Completed", "Rescheduled", "No Show", "Canceled"],
    }[kind] -%}
    {%- set other_values = {
        "lifecycle_stage": {"otherlifecycle": "Other"},
        "source": {"offline": "Offline Sources"},
        "pipeline": {"default": "Sales Pipeline"},
        "call_outcome": {
            "f240bbac87c94f6ebf70924b57d47db7": "Connected",
            "73a0d17f11634015bdd5ec830791da20": "No answer",
            "b2cf5968551e4856978352b3da59a7d0": "Left voicemail",
            "a4c4c377d2464b32a13b75a56a4cd0ff": "Left live message",
            "9d9162e76cf34944bf634dff82258764": "Busy",
            "17b47fee58de441ea44cc6300d46f273": "Wrong number",
        },
    }.get(kind, {}) -%}
    case
        {{ folded_word(value) }}
        {%- for label in labels %}
            when '{{ label | lower | replace(" ", "") | replace("-", "") }}' then '{{ label }}'
        {%- endfor %}
        {%- for other_value, label in other_values.items() %}
            when '{{ other_value }}' then '{{ label }}'
        {%- endfor %}
        else {{ value }}
    end
{%- endmacro %}

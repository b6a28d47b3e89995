"""What a review finds, in sentences: a page composes them, and a kept review has them in English as they were then.

Belongs here: the sentences alone, which sentences.py reads again. What they are about is lib/review/findings.py.
"""

from orchestration.lib.language.spoken import later

BREACH = later(
    "%(name)s: %(part)s of %(cases)s missed clocks have the cause %(cause)s "
    "(%(value)s, interval %(value_low)s to %(value_high)s)."
)
DRIFT = later(
    "%(what)s: %(value)s of %(cases)s (%(value_low)s to %(value_high)s); in the period before %(compared_value)s."
)
DRIFT_OF = later(
    "%(what)s of %(name)s: %(value)s of %(cases)s (%(value_low)s to %(value_high)s); "
    "in the period before %(compared_value)s."
)
DELIVERY = later(
    "%(lead_type)s: %(currency)s %(value)s of %(compared_value)s delivered, %(cases)s leads. "
    "Chance leaves %(value_low)s to %(value_high)s."
)
GROW = later(
    "%(channel)s: sales qualifies %(value)s of %(cases)s (%(value_low)s to %(value_high)s) within 30 days, "
    "of those of the other channels %(compared_value)s, which cost more each."
)
STOP = later(
    "%(channel)s: sales qualifies %(value)s of %(cases)s (%(value_low)s to %(value_high)s) within 30 days, "
    "of those of the other channels %(compared_value)s, which cost less each."
)
FORECAST = later(
    "%(currency)s %(value)s came from %(cases)s deals; %(compared_value)s were forecast, "
    "%(value_low)s to %(value_high)s."
)
STEP = later(
    "%(lead_type)s: %(step)s is %(value)s of %(cases)s (%(value_low)s to %(value_high)s); %(compared_value)s is agreed."
)
TOO_EARLY = later("%(lead_type)s: %(step)s: %(compared_value)s is agreed; nobody of %(cases)s has had the time.")
MISSED_RUNNING = later(
    "%(name)s: missed in %(cases)s settled months running, the last with %(last)s; %(agreed)s agreed."
)
ALWAYS_KEPT = later("%(name)s: kept in all of %(cases)s cases; %(agreed)s agreed.")
KEPT_BY_NOBODY = later(
    "%(name)s: no owner has kept it in any month, %(value)s of %(cases)s (%(value_low)s to %(value_high)s); "
    "%(agreed)s agreed."
)

FOUND = (
    *(BREACH, DRIFT, DRIFT_OF, DELIVERY, GROW, STOP, FORECAST, STEP, TOO_EARLY),
    *(MISSED_RUNNING, ALWAYS_KEPT, KEPT_BY_NOBODY),
)

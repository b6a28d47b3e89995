select attribution_model, place as model_number, model_name, answers, cannot_see
from {{ ref("known_attribution_models") }}

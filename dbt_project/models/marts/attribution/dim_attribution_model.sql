select attribution_model, place, model_name, answers, cannot_see from {{ ref("known_attribution_models") }}

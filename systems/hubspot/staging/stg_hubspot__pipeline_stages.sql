with
    stages as ({{ current_rows("hubspot", "deal_pipeline_stages") }}),

    pipelines as ({{ current_rows("hubspot", "deal_pipelines") }})

select
    stages.stage_id,
    stages.stage_name,
    coalesce(pipelines.pipeline_name, {{ hubspot_label("pipeline", "stages.pipeline_id") }}) as pipeline_name,
    stages.is_closed
from stages
left join pipelines on stages.pipeline_id = pipelines.pipeline_id

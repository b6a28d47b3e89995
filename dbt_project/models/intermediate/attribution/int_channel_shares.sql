with
    transitions as (select * from {{ ref("int_channel_transitions") }}),

    sets as (select * from {{ ref("int_channel_sets") }}),

    numbers as (select * from {{ ref("int_channel_numbers") }}),

    chains as (
        select
            conversion,
            path_scope,
            'markov_' || cast(markov_order as string) as attribution_model,
            {{
                markov_effects(
                    "markov_order", "channel_before", "previous_channel", "channel", "steps", "conversions"
                )
            }} as effects
        from transitions
        group by conversion, path_scope, markov_order
    ),

    games as (
        select
            conversion,
            path_scope,
            'shapley_count' as attribution_model,
            {{ shapley_count_effects("channel_set", "conversions", "channels") }} as effects
        from sets
        group by conversion, path_scope, channels
        union all
        select
            conversion,
            path_scope,
            'shapley_rate' as attribution_model,
            {{ shapley_rate_effects("channel_set", "paths", "conversions", "channels") }} as effects
        from sets
        group by conversion, path_scope, channels
    ),

    of_chains as (
        select conversion, path_scope, attribution_model, {{ map_entries("effects") }} as entry from chains
    ),

    of_games as (
        select conversion, path_scope, attribution_model, {{ map_entries("effects") }} as entry from games
    ),

    effects as (
        select conversion, path_scope, attribution_model, entry.key as channel, entry.value as effect
        from of_chains
        union all
        select
            of_games.conversion,
            of_games.path_scope,
            of_games.attribution_model,
            numbers.channel,
            of_games.entry.value
        from of_games
        inner join
            numbers
            on of_games.conversion = numbers.conversion
            and of_games.path_scope = numbers.path_scope
            and of_games.entry.key = numbers.channel_number
    ),

    -- A model that has no answer has its channels too.
    channels as (
        {%- for attribution_model in ["markov_1", "markov_2", "shapley_count", "shapley_rate"] %}
            select conversion, path_scope, '{{ attribution_model }}' as attribution_model, channel, channels
            from numbers
            {% if not loop.last %}
                union all
            {% endif %}
        {%- endfor %}
    ),

    -- A channel without which more would convert has no part of what did.
    positive as (
        select
            channels.*,
            effects.effect,
            greatest(effects.effect, 0) as part,
            sum(greatest(effects.effect, 0)) over (
                partition by channels.conversion, channels.path_scope, channels.attribution_model
                order by channels.channel
                rows between unbounded preceding and unbounded following
            ) as parts
        from channels
        left join
            effects
            on channels.conversion = effects.conversion
            and channels.path_scope = effects.path_scope
            and channels.attribution_model = effects.attribution_model
            and channels.channel = effects.channel
    )

select
    conversion,
    path_scope,
    attribution_model,
    channel,
    channels,
    effect,
    case when parts > 0 then part / parts end as share
from positive

-- A system's own word for a merge or a conversion is a fact; an id can be typed wrong, a mailbox
-- can change hands.
select 1 as rule_rank, 'merge' as rule, 1.0 as confidence
union all
select 2 as rule_rank, 'conversion' as rule, 1.0 as confidence
union all
select 3 as rule_rank, 'external_id' as rule, 0.95 as confidence
union all
select 4 as rule_rank, 'normalised_email' as rule, 0.9 as confidence
union all
select 5 as rule_rank, 'own_record' as rule, 1.0 as confidence

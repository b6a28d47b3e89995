"""The state of a company, without building anything: its files before a build, its last build afterwards.

Belongs here: what `smarketing check` and `smarketing status` find out. Does not belong here: loading files
(ingestion/), what may arrive (quality/), printing (commands/).
"""

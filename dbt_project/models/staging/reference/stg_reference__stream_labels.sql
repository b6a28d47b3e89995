select system, stream_label, revenue_stream, valid_from, valid_to
from {{ source("reference", "stream_labels") }}

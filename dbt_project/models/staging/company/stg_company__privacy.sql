select published_email, email_key from {{ source("company", "privacy") }}

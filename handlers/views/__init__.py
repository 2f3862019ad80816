"""Values to Block Kit, one module a subject. Pure: no client, no database, no clock."""

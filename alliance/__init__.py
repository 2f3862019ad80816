"""The rules of the community, pure and synchronous: no Slack, no database, no clock of its own."""

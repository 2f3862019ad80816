"""A local Slack-compatible workspace, to try an app in a browser and to test it end to end. Knows no app by name."""

"""What runs: settings, the composition root, the command line, the schedule, and the way to Slack."""

"""`alliance-bot doctor`: is everything as it must be, and what to do where it is not."""

import asyncio

import typer

from bot.checks import Finding, check_all
from bot.settings import SettingsProblem, read_settings

MARKS = {True: "ok     ", False: "PROBLEM", None: "note   "}


app = typer.Typer(add_completion=False)


@app.command()
def doctor() -> None:
    """Check settings, database, tokens, scopes and channels; says what to do about each problem. Changes nothing."""
    try:
        settings = read_settings()
    except SettingsProblem as problem:
        _show([Finding(False, text) for text in problem.problems])
        raise typer.Exit(1) from None
    findings = asyncio.run(check_all(settings))
    _show(findings)
    if any(finding.ok is False for finding in findings):
        raise typer.Exit(1)


def _show(findings: list[Finding]) -> None:
    for finding in findings:
        typer.echo(f"{MARKS[finding.ok]}  {finding.text}")
        if finding.advice:
            typer.echo(f"         {finding.advice}")

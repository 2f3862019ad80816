"""The states of an activity, and days on which several go public."""

from datetime import date

from alliance.activities import ActivityKind, ActivityState, Conflict, Plan, conflicts

JUNE = date(2019, 6, 12)
POST, PRESS, TRANSLATION = ActivityKind.POST, ActivityKind.PRESS_RELEASE, ActivityKind.TRANSLATION


def test_an_activity_goes_from_idea_to_published() -> None:
    steps = [ActivityState.IDEA]
    while (step := steps[-1].next) is not None:
        steps.append(step)
    assert steps == ["idea", "planned", "drafted", "ready", "published"]


def test_several_organisations_that_go_public_on_a_day_are_a_conflict() -> None:
    plans = [Plan(JUNE, POST, "UNICEF"), Plan(JUNE, PRESS, "ILO"), Plan(date(2019, 6, 1), POST, "ILO")]
    assert conflicts(plans) == (Conflict(JUNE, ("ILO", "UNICEF")),)


def test_one_organisation_alone_and_a_translation_are_none() -> None:
    plans = [Plan(JUNE, POST, "ILO"), Plan(JUNE, PRESS, "ilo"), Plan(JUNE, TRANSLATION, "IOM"), Plan(JUNE, POST, "")]
    assert conflicts(plans) == ()

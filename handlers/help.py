"""`/alliance help [subject]`, made from the table of subjects."""

from collections.abc import Sequence

from alliance.names import Named, NameIndex
from handlers.answers import View
from handlers.call import Call, Deps
from handlers.fresh import fresh
from handlers.subject import Subject
from handlers.views import help as views


def subject(table: Sequence[Subject]) -> Subject:
    """The subject that explains those of the table, and itself."""

    async def show(call: Call, deps: Deps) -> View:
        if not call.words:
            standing = (await fresh(call, deps)).standing
            return views.everything([one for one in table if one.needs is None or standing.may(one.needs)], call.t)
        found = index.find(call.words)
        if found is None:
            return views.unknown(call.words, index.suggest(call.words), call.t)
        return views.one(by_name[found], call.t)

    made = Subject(
        words=("help", "aide", "ayuda"),
        help_line=lambda t: t._("What you can ask, and how"),
        examples=lambda t: (t._("help"), t._("help events")),
        command=show,
        reads_only=True,
    )
    by_name = {one.name: one for one in (*table, made)}
    index = NameIndex(Named(one.name, one.words) for one in by_name.values())
    return made

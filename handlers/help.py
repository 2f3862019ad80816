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
        if found := index.find(call.words):
            return views.one(by_name[found], call.t)
        standing = (await fresh(call, deps)).standing
        open_to_them = [one for one in table if one.needs is None or standing.may(one.needs)]
        if not call.words:
            return views.everything(open_to_them, call.t)
        near = [one for name in index.suggest(call.words) if (one := by_name[name]) in open_to_them]
        return views.unknown(call.words, near, open_to_them, call.t)

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

"""`/alliance newsletter`: for who writes them the list and each of them; for members the latest, and their choice."""

from handlers import (
    newsletteraddresses,
    newsletterbreaking,
    newsletterchoices,
    newsletterdigest,
    newsletterforms,
    newsletternumbers,
    newsletterpage,
    newslettersending,
)
from handlers.answers import View
from handlers.call import Call, Deps
from handlers.subject import Subject
from handlers.views import newsletterforms as forms
from handlers.views import newsletternumbers as numberviews
from handlers.views import newsletters as views
from handlers.views.newsletterpost import post
from storage import newsletters


async def show(call: Call, deps: Deps) -> View:
    """The newsletter whose number is given, else the list; for members the latest that went out."""
    rights = await newsletterpage.rights(None, call, deps)
    if not (rights.write or rights.approve):
        found = await newsletters.published(deps.store)
        return views.for_readers(post(found[0].content, call.t) if found else None, call.t)
    if call.words:
        return await newsletterpage.page(await newsletterpage.named(call.words, call, deps), call, deps)
    shown = (await newsletters.latest(deps.store))[: views.MOST]
    ways = await newsletters.ways(deps.store, [one.ref for one in shown])
    return views.listing(shown, ways, rights, call.t)


SUBJECT = Subject(
    words=("newsletter", "newsletters", "infolettre", "bulletin", "boletín", "boletines"),
    help_line=lambda t: t._("The latest newsletter, and which ones I want to get"),
    examples=lambda t: (t._("newsletter"),),
    command=show,
    actions={
        **newsletterforms.ACTIONS,
        **newsletterchoices.ACTIONS,
        **newslettersending.ACTIONS,
        **newsletterbreaking.ACTIONS,
        views.ADDRESSES: newsletteraddresses.edit,
        views.DIGEST: newsletterdigest.choose,
        views.NUMBERS: newsletternumbers.show,
        numberviews.PICTURE: newsletternumbers.picture,
    },
    submissions={
        **newsletterforms.SUBMISSIONS,
        **newsletterchoices.SUBMISSIONS,
        **newsletterbreaking.SUBMISSIONS,
        forms.SAVE_ADDRESSES: newsletteraddresses.save,
        forms.SAVE_DIGEST: newsletterdigest.save,
    },
    shortcuts=newsletterforms.SHORTCUTS,
)

"""Pictures for newsletters: looked at over real HTTP before anybody gets them."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.pictures import LARGEST, Pictures
from handlers.call import PictureTrouble
from tests.bot.serving import serving


async def small(_request: web.Request) -> web.Response:
    return web.Response(body=b"x" * 1000, content_type="image/png")


async def huge(request: web.Request) -> web.StreamResponse:
    """30 MB, and nobody says so beforehand."""
    answer = web.StreamResponse(headers={"Content-Type": "image/png"})
    answer.enable_chunked_encoding()
    await answer.prepare(request)
    if request.method == "GET":
        for _part in range(300):
            await answer.write(b"x" * 100_000)
    return answer


async def named_huge(_request: web.Request) -> web.Response:
    return web.Response(body=b"x" * (LARGEST + 1), content_type="image/png")


async def page(_request: web.Request) -> web.Response:
    return web.Response(text="<html>", content_type="text/html")


@pytest.fixture
async def address() -> AsyncIterator[str]:
    answers = (("small", small), ("huge", huge), ("named_huge", named_huge), ("page", page))
    routes = [web.get(f"/{name}", answer) for name, answer in answers]
    async with serving([*routes, web.get("/get_only", small, allow_head=False)]) as found:
        yield found


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("small", None),
        ("get_only", None),
        ("huge", PictureTrouble.TOO_LARGE),
        ("named_huge", PictureTrouble.TOO_LARGE),
        ("page", PictureTrouble.NO_PICTURE),
        ("missing", PictureTrouble.UNREACHABLE),
    ],
)
async def test_what_is_at_an_address(address: str, name: str, trouble: PictureTrouble | None) -> None:
    async with aiohttp.ClientSession() as session:
        assert await Pictures(session).look(f"{address}/{name}") is trouble


@pytest.mark.parametrize("wrong", ["http://127.0.0.1:1/x.png", "nonsense", "https://", "http://[x"])
async def test_an_address_that_leads_nowhere(wrong: str) -> None:
    async with aiohttp.ClientSession() as session:
        assert await Pictures(session).look(wrong) is PictureTrouble.UNREACHABLE

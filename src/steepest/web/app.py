"""The lab's pages and the interface that they speak: every answer is JSON, every error one line with a proper status.

GET  /, /course[/ID], /surfaces, /race[/ID], /digits      the one page; what it shows is in its address
GET  /races                                               leads to /race
GET  /static/…, /view/…, /vendor/…                        its modules, styles, vendored charts
GET  /api/…                                               below
GET  /races/ID/report, /races/ID/recipe?to=torch          a race's report; its best run as code, to keep
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ..core.errors import BadValue
from ..core.messages import translated
from . import catalogue, chapters, digits, figures, orders, recipes, surfaces
from .answers import HANDLERS, Json
from .jobs import Jobs
from .language import spoken
from .opened import check_files
from .planes import Planes
from .races import Races
from .security import Guard
from .warming import warm
from .worker import Worker

if TYPE_CHECKING:
    from ..workloads.workload import Workload

__all__ = ["create_app"]

HERE = Path(str(files(__package__)))
VIEW = HERE.parent / "view"
MOST_WATCHERS = 16
REPORT_POLICY = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"  # the report has one of its own beside it


class Lab:
    """The endpoints, over the folders that the lab works on."""

    def __init__(self, races: Path, home: Path, own: Mapping[str, Workload]) -> None:
        self.home, self.own = home, own
        self.jobs = Jobs(races)
        self.races = Races(self.jobs)
        self.planes = Planes(self.jobs, own)
        self.readers = digits.Readers(self.jobs, own)
        self.worker = Worker()
        self.watchers = 0

    # course --------------------------------------------------------------------------------------------------

    async def chapters(self, request: Request) -> Response:
        """The table of contents."""
        return Json(await run_in_threadpool(chapters.listed, spoken(request), self.home))

    async def chapter(self, request: Request) -> Response:
        """One chapter."""
        return Json(await run_in_threadpool(chapters.page, request.path_params["id"], spoken(request), self.home))

    async def notebook(self, request: Request) -> Response:
        """One chapter as a Jupyter notebook, to be kept."""
        id, lang = request.path_params["id"], spoken(request)
        book = await self.worker.ask(("notebook", id, lang), chapters.notebook, id, lang)
        headers = {"content-disposition": f'attachment; filename="steepest-{id}-{lang}.ipynb"'}
        return Response(book, headers=headers, media_type="application/x-ipynb+json")

    async def answered(self, request: Request) -> Response:
        """Keep that a quiz was answered."""
        await run_in_threadpool(chapters.answered, await _json(request), self.home)
        return Json({})

    async def figure(self, request: Request) -> Response:
        """The chart of a figure at the given controls."""
        given = dict(_single(request))
        return Json(await figures.chart(self.worker, request.path_params["name"], given))

    # surfaces ------------------------------------------------------------------------------------------------

    async def surfaces(self, request: Request) -> Response:
        """The registered surfaces."""
        return Json({"surfaces": surfaces.known()})

    async def surface(self, request: Request) -> Response:
        """Heights on a grid."""
        given = _single(request, "surface", "n")
        text = given.pop("surface", "saddle")
        return Json(await run_in_threadpool(surfaces.grid, text, **given))

    async def descend(self, request: Request) -> Response:
        """Paths down a surface."""
        given = _single(request, "surface", "x", "y", "steps", "noise", "seed", but=("o",))
        text = given.pop("surface", "saddle")
        found = await surfaces.descents(self.worker, text, request.query_params.getlist("o"), **given)
        return Json({"descents": found})

    # races ---------------------------------------------------------------------------------------------------

    async def optimizers(self, request: Request) -> Response:
        """The optimizers and their numbers."""
        return Json({"optimizers": await self.worker.ask("optimizers", catalogue.optimizers)})

    async def workloads(self, request: Request) -> Response:
        """The workloads and what else a race can be told."""
        return Json(await self.worker.ask("workloads", catalogue.workloads, self.own))

    async def list_races(self, request: Request) -> Response:
        """Every race in a line."""
        return Json({"races": [_told(request, row) for row in await run_in_threadpool(self.races.list)]})

    async def start_race(self, request: Request) -> Response:
        """Start a race; 201 and its id."""
        order = await _json(request)
        key = ("order", json.dumps(order, sort_keys=True))
        arguments = await self.worker.ask(key, orders.arguments, order, self.own)
        return Json({"id": await run_in_threadpool(self.jobs.start, arguments)}, 201)

    async def race(self, request: Request) -> Response:
        """One race as it stands."""
        return Json(_told(request, await run_in_threadpool(self.races.one, request.path_params["id"])))

    async def stop_race(self, request: Request) -> Response:
        """Interrupt a race."""
        await run_in_threadpool(self.jobs.stop, request.path_params["id"])
        return Json({})

    async def resume_race(self, request: Request) -> Response:
        """Go on with a race that was cut short."""
        id = request.path_params["id"]
        await run_in_threadpool(check_files, self.jobs.folder(id), self.own)
        await run_in_threadpool(self.jobs.resume, id)
        return Json({})

    async def compare(self, request: Request) -> Response:
        """Two races side by side."""
        given = _single(request, "a", "b")
        if len(given) < 2:
            raise BadValue("a comparison needs two races, a and b")
        return Json(await run_in_threadpool(self.races.compare, given["a"], given["b"]))

    async def watch(self, request: Request) -> Response:
        """Server-sent events of a race in progress."""
        id = request.path_params["id"]
        await run_in_threadpool(self.jobs.folder, id)  # says so when there is none
        if self.watchers >= MOST_WATCHERS:
            raise HTTPException(503, f"{MOST_WATCHERS} pages watch races already; close one")

        async def stream() -> AsyncIterator[str]:
            self.watchers += 1
            try:
                async for event in self.races.events(id, partial(_told, request)):
                    yield event
            finally:
                self.watchers -= 1

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def report(self, request: Request) -> Response:
        """A race's report."""
        text = await run_in_threadpool(self.races.report, request.path_params["id"])
        return HTMLResponse(text, headers={"content-security-policy": REPORT_POLICY})

    async def recipe(self, request: Request) -> Response:
        """The best run of a race as code for another library, as a file."""
        id, to = request.path_params["id"], _single(request, "to").get("to", "torch")
        made = await self.worker.ask(None, recipes.text, self.jobs.folder(id), to, self.own)
        kept = {"content-disposition": f'attachment; filename="{id}-{to}.py"'}
        return Response(made, media_type="text/x-python", headers=kept)

    async def plane(self, request: Request) -> Response:
        """The loss plane of a race, or how far it is."""
        return Json(_told(request, await run_in_threadpool(self.planes.one, request.path_params["id"])))

    async def draw_plane(self, request: Request) -> Response:
        """Begin to draw a loss plane."""
        await run_in_threadpool(self.planes.draw, request.path_params["id"])
        return Json({})

    # digits --------------------------------------------------------------------------------------------------

    async def digit(self, request: Request) -> Response:
        """Read a drawn digit."""
        given = await _json(request)
        digits.picture(given)  # refused before it waits for the worker
        return Json(await self.worker.ask(None, self.readers.read, given))

    async def example(self, request: Request) -> Response:
        """A digit of MNIST's test split."""
        given = _single(request, "digit", "number")
        return Json(await run_in_threadpool(digits.example, given.get("digit"), given.get("number", "0")))


def _told(request: Request, one: dict[str, Any]) -> dict[str, Any]:
    """A race or a plane with what went wrong in the language of the page."""
    return {**one, "error": translated(one["error"], spoken(request))}


def _single(request: Request, *names: str, but: tuple[str, ...] = ()) -> dict[str, str]:
    """The query as a dict; a key given twice, or one not among `names` (if any), is refused."""
    pairs = [(k, v) for k, v in request.query_params.multi_items() if k not in but]
    given = dict(pairs)
    if len(given) < len(pairs):
        raise BadValue("a parameter is given twice")
    for name in given:
        if names and name not in names:
            raise BadValue(f"unknown parameter {name[:40]!r}; known: {', '.join((*names, *but))}")
    return given


async def _json(request: Request) -> Any:
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):
        raise HTTPException(400, "the request's body is no JSON") from None


async def _shell(request: Request, status: int = 200) -> Response:
    page = (HERE / "static" / "index.html").read_text("utf-8")
    lang = {"en": "en", "zh": "zh-CN"}[spoken(request)]
    return HTMLResponse(page.replace('<html lang="en">', f'<html lang="{lang}">', 1), status)


async def _missing(request: Request, error: Exception) -> Response:
    """No such address: the page that says so where a browser opens it, else JSON."""
    opened = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
    return await _shell(request, 404) if opened else HANDLERS[HTTPException](request, error)


async def _all_races(request: Request) -> Response:
    return RedirectResponse(request.url.replace(path="/race"))


def create_app(races: Path, home: Path, own: Mapping[str, Workload] | None = None) -> Starlette:
    """The lab over the folder `races`, with the reader's progress in `home`; `own` are workloads of the reader's, by
    the `file.py:name` that they were given as."""
    lab = Lab(races, home, own or {})

    def api(path: str, endpoint: Callable[[Request], Awaitable[Response]], method: str = "GET") -> Route:
        return Route(f"/api/{path}", endpoint, methods=[method])

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        lab.worker.begin(warm)
        yield
        lab.worker.close()
        lab.jobs.close()

    pages = ("/", "/course", "/course/{id}", "/surfaces", "/race", "/race/{id}", "/digits")
    return Starlette(
        routes=[
            *(Route(path, _shell) for path in pages),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Mount("/view", StaticFiles(directory=VIEW / "static")),
            Mount("/vendor", StaticFiles(directory=VIEW / "vendor")),
            Route("/races", _all_races),
            Route("/races/{id}/report", lab.report),
            Route("/races/{id}/recipe", lab.recipe),
            api("chapters", lab.chapters),
            api("chapter/{id}", lab.chapter),
            api("chapter/{id}/notebook", lab.notebook),
            api("answers", lab.answered, "POST"),
            api("figure/{name}", lab.figure),
            api("surfaces", lab.surfaces),
            api("surface", lab.surface),
            api("descend", lab.descend),
            api("optimizers", lab.optimizers),
            api("workloads", lab.workloads),
            Route("/api/races", lab.list_races, methods=["GET"]),
            Route("/api/races", lab.start_race, methods=["POST"]),
            api("races/{id}", lab.race),
            api("races/{id}/events", lab.watch),
            api("races/{id}/stop", lab.stop_race, "POST"),
            api("races/{id}/resume", lab.resume_race, "POST"),
            Route("/api/races/{id}/plane", lab.plane, methods=["GET"]),
            Route("/api/races/{id}/plane", lab.draw_plane, methods=["POST"]),
            api("compare", lab.compare),
            api("digit", lab.digit, "POST"),
            api("example", lab.example),
        ],
        middleware=[Middleware(Guard)],
        exception_handlers={**HANDLERS, 404: _missing},
        lifespan=lifespan,
    )

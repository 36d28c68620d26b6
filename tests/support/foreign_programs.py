"""Foreign programs that read what the site exports, as tests/editor/ pins them: run by Node, or loaded into Chromium."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from support.install_server import FOLDER, INSTALLED, find_node

ANNOTATOR = FOLDER / "node_modules/@recogito/text-annotator/dist/text-annotator.umd.js"
TIMELINE_JS = FOLDER / "node_modules/@knight-lab/timelinejs/dist"
_TIMELINE_HOST = "https://timeline.example/"
_TIMELINE_PAGE = (
    '<!doctype html><link rel="stylesheet" href="css/timeline.css"><div id="line" style="height: 600px; width: 900px"></div>'
    '<script src="js/timeline.js"></script>'
)

_DRAW_ANNOTATIONS = """items => {
  const container = document.querySelector("#page")
  const annotator = RecogitoJS.createTextAnnotator(container, {adapter: RecogitoJS.W3CTextFormat(location.href, container)})
  annotator.setAnnotations(items)
  const read = annotator.state.store.all()
  return Object.fromEntries(read.map(({id, target}) => [id, target.selector.map(({range}) => range.toString()).join("|")]))
}"""

_DRAW_TIMELINE = f"""data => {{
  addEventListener("error", ({{message}}) => {{ window.fault = message }})
  addEventListener("unhandledrejection", ({{reason}}) => {{ window.fault = String(reason?.message ?? reason) }})
  window.timeline = new TL.Timeline("line", data, {{script_path: "{_TIMELINE_HOST}js/"}})
  timeline.on("loaded", () => {{ window.isDrawn = true }})
}}"""

_READ_TIMELINE = """() => ({
  errors: window.fault ? [window.fault] : timeline.config.getErrors().map(String),
  dates: window.fault ? {} : Object.fromEntries(timeline.config.events.map(
    ({unique_id}) => [unique_id, timeline.getSlideById(unique_id).getFormattedDate()]
  )),
  groups: [...document.querySelectorAll(".tl-timegroup-message")].map(group => group.textContent),
})"""


def require_program(file: Path) -> Path:
    """A file of an installed program; skips the test where it is not there."""
    if not file.exists():
        pytest.skip(f"{file.name} is not installed (`make test` installs it)")
    return file


def draw_annotations(page: Page, items: list[dict[str, Any]]) -> dict[str, str]:
    """The words that Recogito's annotator finds for each annotation in the page that is open, by id; it reads no others."""
    page.evaluate("window.process = {env: {}}")  # which its build for browsers asks
    page.add_script_tag(content=require_program(ANNOTATOR).read_text(encoding="utf-8"))
    found: dict[str, str] = page.evaluate(_DRAW_ANNOTATIONS, items)
    return found


def check_every_annotation(page: Page, folder: Path, address: str) -> None:
    """Draw the annotations of every article of a site that is served, and hold the words against what they quote."""
    files = sorted(folder.glob("articles/*/annotations.json"))
    assert files
    for file in files:
        items = read_annotations(file)
        page.goto(f"{address}articles/{file.parent.name}/")
        page.wait_for_function("document.readyState === 'complete'")  # our scripts have run
        assert draw_annotations(page, items) == {one["id"]: one["target"]["selector"][0]["exact"] for one in items}


def read_annotations(file: Path) -> list[dict[str, Any]]:
    """The annotations of a file."""
    items: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["items"]
    return items


def read_timeline(browser: Browser, data: dict[str, Any]) -> dict[str, Any]:
    """What TimelineJS makes of a file: its errors, the dates that it shows by event, and the groups."""
    folder = require_program(TIMELINE_JS)
    page = browser.new_page()

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(_TIMELINE_HOST).partition("?")[0]
        if not path:
            route.fulfill(content_type="text/html", body=_TIMELINE_PAGE)
        elif not path.startswith("https:") and (folder / path).is_file():
            route.fulfill(path=folder / path)
        else:
            route.abort()  # fonts, which it would fetch from elsewhere

    page.route("**/*", answer)
    page.goto(_TIMELINE_HOST)
    page.evaluate(_DRAW_TIMELINE, data)
    page.wait_for_function("window.isDrawn || window.fault", timeout=15_000)
    read: dict[str, Any] = page.evaluate(_READ_TIMELINE)
    page.close()
    return read


def find_schema_faults(schema: Path, value: Any) -> list[str]:
    """What Ajv finds wrong with a JSON value by a schema (draft 2020-12)."""
    node = find_node()
    if not node or not INSTALLED.exists():
        pytest.skip("Ajv is not installed (`make test` installs it)")
    script = (
        'const Ajv = require("ajv/dist/2020"); const {schema, value} = JSON.parse(require("fs").readFileSync(0, "utf8"));'
        "const ajv = new Ajv({strict: true, allErrors: true}); const validate = ajv.compile(schema); validate(value);"
        "process.stdout.write(JSON.stringify((validate.errors || []).map(e => `${e.instancePath} ${e.message}`)))"
    )
    asked = json.dumps({"schema": json.loads(schema.read_text(encoding="utf-8")), "value": value})
    done = subprocess.run([node, "-e", script], cwd=FOLDER, input=asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    faults: list[str] = json.loads(done.stdout)
    return faults

"""What Chromium shows of pages: their visible text (`innerText`) while no script runs and nothing is fetched; kept in a folder.

Scripts are forbidden by a policy and not switched off: a browser without scripts shows what stands in `<noscript>`, which
readers' browsers do not show, and almost all of it asks for scripts.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Route, sync_playwright

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
ADDRESS = "http://page.example/"
POLICY = "script-src 'none'"
TIMEOUT_MILLISECONDS = 60_000
"""For one page. On a machine that does nothing else, a large one takes a few seconds."""

# As the page's own style has it, but without what some style sheets show though it is no text, and without capitals, since
# innerText has what `text-transform` makes of the words. A page that is hidden as a whole until its scripts show it is shown:
# innerText of a body that is not displayed would be all that the page hides, too.
_READ_SHOWN_TEXT = """() => {
  document.querySelectorAll('script, template, noscript').forEach(element => element.remove())
  for (const element of [document.documentElement, document.body]) {
    const style = element && getComputedStyle(element)
    if (style?.display === 'none') element.style.setProperty('display', 'block', 'important')
    if (style?.visibility === 'hidden') element.style.setProperty('visibility', 'visible', 'important')
  }
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { text-transform: none !important } style { display: none !important }')
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return document.body?.innerText ?? ''
}"""


class BrowserText:
    """Reads the visible text of pages in one browser, those that its folder does not know."""

    def __init__(self, cache: Path, context: BrowserContext) -> None:
        self._cache = cache
        self._context = context
        cache.mkdir(parents=True, exist_ok=True)

    @classmethod
    @contextmanager
    def open_browser(cls, cache: Path) -> Iterator[BrowserText]:
        """A reader whose texts are kept in a folder. Raises `SystemExit` if there is no Chromium ($CHROMIUM names one)."""
        names = (os.environ.get("CHROMIUM", ""), *BROWSER_NAMES)
        executable = next((path for name in names if (path := shutil.which(name))), None)
        if not executable:
            raise SystemExit("there is no Chromium here; name one with CHROMIUM=/path/to/it")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
            context = browser.new_context()
            context.set_default_timeout(TIMEOUT_MILLISECONDS)
            yield cls(cache, context)
            browser.close()

    def read_shown_text(self, content: bytes) -> str | None:
        """The visible text of a page, or None if Chromium does not show it within the time."""
        kept = self._cache / f"{sha256(_READ_SHOWN_TEXT.encode() + content).hexdigest()}.txt"
        if not kept.exists():
            text = self._load_text(content)
            if text is None:
                return None
            kept.write_text(text, encoding="utf-8", errors="replace")
        return kept.read_text(encoding="utf-8")

    def _load_text(self, content: bytes) -> str | None:
        def answer_request(route: Route) -> None:
            if route.request.url == ADDRESS:
                route.fulfill(body=content, headers={"Content-Type": content_type, "Content-Security-Policy": POLICY})
            else:
                # “Aborted” leaves a page that sends its reader elsewhere as it is; any other reason shows an error page.
                route.abort("aborted")

        # A browser that opens a file finds out by itself that it is in UTF-8; one that is served a page does not.
        content_type = "text/html; charset=utf-8" if _is_valid_utf8(content) else "text/html"
        page = self._context.new_page()
        try:
            page.route("**/*", answer_request)
            page.goto(ADDRESS, wait_until="domcontentloaded")
            return str(page.evaluate(_READ_SHOWN_TEXT))
        except Error:
            return None
        finally:
            page.close()


def _is_valid_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True

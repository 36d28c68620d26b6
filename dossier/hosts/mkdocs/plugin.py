"""The MkDocs plugin: puts the pages that `pages.build` makes into a MkDocs build.

Faults in the content are logged as warnings, which `--strict` makes fatal; under `serve` they stand on top of every
page and nothing is raised, since an exception in a rebuild hangs every request.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from dossier.checks import check
from dossier.hosts.mkdocs.page import DossierPage, add
from dossier.loading import Memory, read
from dossier.loading.settings import OF_THE_SITE, settings_from
from dossier.model import LOCK, Dossier, Problem, Settings
from dossier.model.dates.edtf import parse_edtf
from dossier.model.site.addresses import DIRECTIVE, EDITOR, FEED
from dossier.hosts.mkdocs.assets import assets, name_assets
from dossier.output.csp import with_policy
from dossier.output.frame import Stencils, Values
from dossier.output.pagefind import Indexing, Unindexed
from dossier.pages import Drawn, Written, build, feed, found
from dossier.pages.context import Desk, newest
from dossier.pages.list_pages import part
from dossier.pages.markdown import unbroken
from dossier.reports import problems as report

PACKAGE = Path(__file__).parents[2]
FOOT_PAGES = ("about", "privacy", "help", "method", "corrections", "contribute")
"""Pages that the foot of every page leads to, where they exist."""

PARTS = ("templates", "assets", "theme")
"""Folders of the package that pages are made from."""

MOST_SHOWN = 30
"""Problems that a preview's pages list; more would bury the page."""

PREVIEW_WAITS = 1.0
"""Seconds that a preview waits for its index; the pages of a large dossier are there before it."""

log = get_plugin_logger("dossier")


class DossierConfig(base.Config):  # type: ignore[no-untyped-call]
    """Options of the plugin; what they mean is said by `model.Settings`, unless only a build asks for it."""

    captures = config_options.Type(str, default="captures")
    quote_words = config_options.Type(int, default=20)
    quote_share = config_options.Type(int, default=30)
    publisher = config_options.Type(str, default="")
    contact = config_options.Type(str, default="")
    notice = config_options.Type(str, default="")
    repo_edit = config_options.Type(str, default="")
    pending = config_options.Type(bool, default=False)
    """Whether quotations may wait for an editor's lock without failing a strict build: on the forge, before a merge."""


class DossierPlugin(BasePlugin[DossierConfig]):  # type: ignore[no-untyped-call]
    """Reads, checks and builds the dossier anew on every build."""

    preview = False
    memory: Memory
    """What a preview has read; MkDocs keeps the plugin from one build to the next."""
    drawn: Drawn | None
    """What a preview has drawn."""
    dossier: Dossier
    problems: list[Problem]
    written: list[Written]
    """The pages written by hand, as the search finds them."""
    index: Indexing
    tops: dict[int, str]
    """What stands on top of the pages of a preview, by the depth of their address."""
    env: Environment
    stencils: Stencils

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Only `serve` may print captures, drafts and problems."""
        self.preview, self.memory, self.index = command == "serve", {}, Indexing()
        self.drawn = Drawn() if self.preview else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Watch what the dossier is made of, and bring our style and templates along."""
        if not config.use_directory_urls:
            raise PluginError(
                "the pages of a dossier are published at addresses that end in a slash, as in /claims/; "
                "delete the line `use_directory_urls: false` from mkdocs.yml, or leave out `--no-directory-urls`"
            )
        root = self._root(config)
        captures = self._settings(config).captures
        made_from = [root / "annotations", root / LOCK, root / captures, *(PACKAGE / name for name in PARTS)]
        config.watch.extend(str(path) for path in made_from if path.exists())
        name_assets(config)
        if "material/search" in config.plugins or "search" in config.plugins:
            log.info("the plugin `search` is not needed: its index has the pages written by hand only, and no page leads to it")
        # A site's own templates come before ours, and ours before the theme's.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(PACKAGE / "theme"))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Nothing of the build before is left running, nor is a fault untold that its index met after the wait."""
        with self._told():
            self.index.finish(0)
        self.index.begin(Path(config.site_dir))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read, check and build; add every page, and keep captures and what is not published out of the site."""
        root = self._root(config)
        self.dossier = read(root, self._settings(config), self.memory if self.preview else None)
        self.problems, self.tops, self.written = [*report.completed(check(self.dossier), root)], {}, []
        fatal = log.error if config.strict else log.warning  # --quiet hides a warning, and what is hidden fails no build
        for problem, text in zip(self.problems, report.texts(self.problems, root), strict=True):
            waits = self.config.pending and problem.rule == "quote-unlocked"
            say = fatal if problem.severity == "error" and not waits else log.info
            say(text)
        _withhold(files, root / self.dossier.settings.captures)
        for page in build(self.dossier, self.preview, bool(config.site_url), self.problems, self.drawn):
            add(page, files, config)
        if config.site_url:
            atom = feed(self.dossier, config.site_url, config.site_name)
            files.append(File.generated(config, FEED, content=atom))
        for asset in assets(config):
            if not files.get_file_from_path(asset.src_uri):
                files.append(asset)
        config.extra["dossier"] = self._foot(files)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Hang every page below its index, so that tabs and breadcrumbs know where it belongs."""
        for file in files.documentation_pages():
            if isinstance(file.page, DossierPage) and file.page.made.section:
                index = files.get_file_from_path(file.page.made.section + "index.md")
                if index and index.page:
                    file.page.parent = index.page  # type: ignore[assignment]  # made active with its page, as a section is
        return nav

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """A hand-written page that is alone in its section needs no list of the section's pages beside it."""
        if not isinstance(page, DossierPage) and len(page.parent.children if page.parent else []) <= 1:
            page.meta.setdefault("hide", ["navigation"])
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put generated parts into hand-written pages, and problems on top of them in a preview."""
        if isinstance(page, DossierPage):
            return html
        search = page.meta.get("search")
        if not (isinstance(search, dict) and search.get("exclude")):
            self.written.append(Written(page.url, Markup(page.title or "").striptags(), html))
        shown = self._shown
        html = DIRECTIVE.sub(lambda call: part(call[1], shown, page.url, self.preview), html)
        return self._on_top(page.url) + unbroken(html)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """The theme is as it will be, and the pages written by hand are read: all can be indexed and drawn."""
        self.env, self.stencils = env, Stencils()
        with self._told():
            self.index.start(found(self._shown, self.written), config.theme.get("language") or "en")
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """The site is whole when its index is; a preview of a large dossier is there before it."""
        with self._told():
            self.index.finish(PREVIEW_WAITS if self.preview else None)

    def on_build_error(self, *, error: Exception) -> None:
        """Nothing of a build that failed is left running."""
        self.index.stop()

    def on_shutdown(self) -> None:
        """Nothing is left running."""
        self.index.stop()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A search without an index fails a build; a preview says so and goes on."""
        try:
            yield
        except Unindexed as fault:
            if not self.preview:
                raise PluginError(f"the search has no index: {fault}") from fault
            log.warning("the search has no index: %s", fault)

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Draw a page of ours with the theme, or fill it into the stencil of its kind."""
        if isinstance(page, DossierPage):
            page.content = self._on_top(page.made.address) + page.made.html
            own = page.values

            def draw(values: Values) -> str:
                page.take(values)
                drawn: str = self.env.get_template("main.html").render(context)
                page.take(own)
                return drawn

            context["finished"] = self.stencils.page(page.kind, own, draw)  # type: ignore[typeddict-unknown-key]
            page.content = ""
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Name the feed on the page of corrections, and give every page its policy, last of all."""
        if config.site_url and page.url == "corrections/":
            link = f'<link rel="alternate" type="application/atom+xml" title="Corrections" href="../{FEED}">'
            output = output.replace("</head>", f"{link}</head>", 1)
        return self._with_policy(output)

    @event_priority(-100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The page that says that there is no such page is a page too."""
        return self._with_policy(output_content) if template_name.endswith(".html") else output_content

    def _with_policy(self, html: str) -> str:
        """A preview's server writes a script of its own into pages, which no policy could know."""
        return html if self.preview else with_policy(html)

    def _on_top(self, address: str) -> str:
        """The problems on top of a page of a preview, the first of them in full; the editor's page lists them all itself."""
        if not self.preview or not self.problems or address == EDITOR:
            return ""
        depth = address.count("/")
        if depth not in self.tops:
            shown, rest = self.problems[:MOST_SHOWN], max(len(self.problems) - MOST_SHOWN, 0)
            desk, summary = Desk(self.dossier, address, preview=True), report.summary(self.problems)
            self.tops[depth] = desk.render("problems.html", problems=shown, rest=rest, summary=summary)
        return self.tops[depth]

    @property
    def _shown(self) -> Dossier:
        """The dossier as this site's readers get it."""
        return self.dossier if self.preview else self.dossier.published()

    def _settings(self, config: MkDocsConfig) -> Settings:
        return settings_from(dict(self.config) | {name: config[name] for name in OF_THE_SITE})

    def _root(self, config: MkDocsConfig) -> Path:
        """The dossier's folder: the one that `docs/` lies in."""
        return Path(config.docs_dir).parent

    def _foot(self, files: Files) -> dict[str, Any]:
        """What the foot of every page says: when the dossier was last reviewed, and where to turn."""
        there = {file.url: file for file in files.documentation_pages()}
        pages = [there[f"{name}/"] for name in FOOT_PAGES if f"{name}/" in there]
        reviewed = newest(self.dossier.published().entries())
        said = parse_edtf(reviewed).words if reviewed else ""
        return {"reviewed": reviewed, "said": said, "pages": pages, "editor": EDITOR if self.preview else ""}


def _withhold(files: Files, captures: Path) -> None:
    """Take captures out of the site, wherever they lie, and article files too: their pages are made, not rendered."""
    for file in list(files):
        if file.abs_src_path and Path(file.abs_src_path).resolve().is_relative_to(captures.resolve()):
            files.remove(file)
        elif file.src_uri.startswith("articles/") and file.src_uri != "articles/index.md":
            if file.is_documentation_page():
                file.inclusion = InclusionLevel.EXCLUDED
            else:
                files.remove(file)

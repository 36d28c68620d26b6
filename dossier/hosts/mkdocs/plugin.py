"""The plugin for MkDocs and ProperDocs: adds the pages of `build_pages` to a build.

Problems in the content are logged as warnings, which `--strict` makes fatal. Under `serve` they are shown on top of every
page and nothing is raised, since an exception in a rebuild makes the server hang on every request.

ProperDocs redirects every import of `mkdocs` to its own modules (`properdocs.replacement`), so the plugin imports
`mkdocs` under both.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from dossier.checks import check_dossier
from dossier.checks.waiting import select_waiting_problems
from dossier.git.revision import read_revision
from dossier.hosts.mkdocs.assets import add_asset_files, add_assets_to_config
from dossier.hosts.mkdocs.build_errors import describe_build_error, refuse_unusable_settings
from dossier.hosts.mkdocs.dev_server import prepare_preview
from dossier.hosts.mkdocs.files_beside_pages import add_export_files, replace_sitemap, write_page_exports
from dossier.hosts.mkdocs.footer import build_footer_values
from dossier.hosts.mkdocs.handwritten import clean_handwritten_page, exclude_unsafe_files, prepare_handwritten_page
from dossier.hosts.mkdocs.page import DossierPage, add_dossier_page, name_pages_in_nav
from dossier.hosts.mkdocs.site_folder import SiteReplacement, begin_site_replacement, find_site_folder, is_strict_build_failing
from dossier.hosts.mkdocs.source_files import exclude_private_files, list_watched_paths, refuse_private_sources
from dossier.loading import ReadCache, read_dossier
from dossier.loading.settings import PLUGIN_OPTION_DEFAULTS, SITE_SETTING_NAMES, create_settings
from dossier.loading.templates import THEME_FOLDER
from dossier.model import Dossier, Problem, Settings
from dossier.model.site.addresses import DIRECTIVE_PATTERN, EDITOR_URL
from dossier.output.build_manifest import write_build_manifest
from dossier.output.csp import insert_csp
from dossier.output.frame import FrameValues, PageFrameCache
from dossier.output.garbage_collection import collect_garbage_rarely
from dossier.output.head_elements import add_head_elements
from dossier.output.inline_scripts import TemplateScripts
from dossier.output.page_metadata import clean_site_options
from dossier.output.pagefind import IndexingError, SearchIndexer
from dossier.output.termination import raise_on_termination
from dossier.pages import HandwrittenPageText, RenderCache, build_pages, iter_search_documents
from dossier.pages.context import PageContext
from dossier.pages.directives import render_directive
from dossier.pages.markdown import insert_nonbreaking_spaces
from dossier.reports.problems import format_problem_counts, iter_problems_with_texts

MAX_PREVIEW_PROBLEMS = 30
"""Problems that a preview's pages list; more would bury the page."""

PREVIEW_INDEX_WAIT_SECONDS = 1.0
"""Seconds that a preview waits for its index; the pages of a large dossier are there before it."""

plugin_logger = get_plugin_logger("dossier")


class DossierPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # its options are a mapping
    """Reads, checks and renders the dossier at every build."""

    config_scheme = tuple(
        (name, config_options.Type(type(default), default=default)) for name, default in PLUGIN_OPTION_DEFAULTS.items()
    )

    is_preview = False
    preview_marker: IO[bytes] | None = None
    """The locked file that marks the preview's folder as in use; None before the first build."""
    is_site_replaced = False
    """Whether a build replaces the site when it is whole: not in a preview, nor where `--dirty` changes a part of it."""
    site_replacement: SiteReplacement | None = None
    refused_paths: frozenset[str] = frozenset()
    """Absolute paths of what in `docs/` may not be published."""
    read_cache: ReadCache
    """Files that a preview has read. MkDocs keeps a plugin from one build to the next if it has `on_startup`."""
    render_cache: RenderCache | None
    """Pages that a preview has rendered; None in a build."""
    dossier: Dossier
    problems: list[Problem]
    handwritten_pages: list[HandwrittenPageText]
    """The pages written by hand, as the search finds them."""
    search_indexer: SearchIndexer
    problem_banners_by_depth: dict[int, str]
    """HTML on top of the pages of a preview, by the depth of their URL."""
    jinja_environment: Environment
    page_frames: PageFrameCache
    template_scripts: TemplateScripts

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Create caches and index. Only `serve` is a preview, which shows captures, drafts and problems."""
        collect_garbage_rarely()
        raise_on_termination()  # so that `on_shutdown` is called, and MkDocs removes a preview's folder
        self.is_preview, self.read_cache, self.search_indexer = command == "serve", {}, SearchIndexer()
        self.render_cache = RenderCache() if self.is_preview else None
        self.is_site_replaced = not self.is_preview and not dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Watch the records, and add our style and templates."""
        refuse_unusable_settings(config)
        if self.is_preview:
            self.preview_marker = prepare_preview(*config.dev_addr, Path(config.site_dir), self.preview_marker)
        root = self._get_dossier_root(config)
        captures = root / self._create_plugin_settings(config).captures
        self.refused_paths = refuse_private_sources(config, root, captures)
        config.watch += list_watched_paths(root, captures)
        add_assets_to_config(config)
        config.update(clean_site_options(config))
        if "material/search" in config.plugins or "search" in config.plugins:
            plugin_logger.info(
                "the plugin `search` is not needed: its index has the pages written by hand only, and no page leads to it"
            )
        # A site's own templates come before ours, and ours before the theme's.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME_FOLDER))
        if self.is_site_replaced:
            self.site_replacement = begin_site_replacement(config, root, captures)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """End the indexing of the previous build, and report an error that it met after that build was over."""
        with self._handle_indexing_errors():
            self.search_indexer.wait_for_index(0)
        self.search_indexer.prepare_build(Path(config.site_dir))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read and check the dossier; add its pages, and leave captures and article files out of the site."""
        root = self._get_dossier_root(config)
        self.dossier = read_dossier(root, self._create_plugin_settings(config), self.read_cache if self.is_preview else None)
        if not self.is_preview:
            self.dossier = replace(self.dossier, revision=read_revision(root, find_site_folder(Path(config.site_dir))))
        self.problem_banners_by_depth, self.handwritten_pages = {}, []
        self.problems = self._check_and_log(root, config.strict)
        exclude_private_files(files, root / self.dossier.settings.captures, self.refused_paths)
        exclude_unsafe_files(files, self.dossier, root)
        for page in build_pages(self.dossier, self.is_preview, self.problems, self.render_cache):
            add_dossier_page(page, files, config)
        add_export_files(files, config, self.dossier, is_preview=self.is_preview)
        add_asset_files(files, config)
        config.extra["dossier"] = build_footer_values(files, self.dossier, is_preview=self.is_preview)
        return files

    def _check_and_log(self, root: Path, is_strict: bool) -> list[Problem]:
        """Check the dossier; log the problems and return them."""
        # --quiet hides a warning, and MkDocs does not count what is hidden: a strict build would not fail.
        log_error, problems = plugin_logger.error if is_strict else plugin_logger.warning, []
        found = check_dossier(self.dossier)
        waiting = select_waiting_problems(found, self.dossier) if self.dossier.settings.pending else ()
        for problem, text in iter_problems_with_texts(found, root):
            problems.append(problem)
            log = log_error if problem.severity == "error" and problem not in waiting else plugin_logger.info
            log(text)
        return problems

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Name generated pages as the navigation does, and make an index page the parent of those it lists, for tabs."""
        name_pages_in_nav(config.nav, files)
        for file in files.documentation_pages():
            if isinstance(file.page, DossierPage) and file.page.dossier_page.parent_url:
                index = files.get_file_from_path(file.page.dossier_page.parent_url + "index.md")
                if index and index.page:
                    file.page.parent = index.page  # type: ignore[assignment]  # MkDocs wants a section, and needs only `active`
        return nav

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Take from a hand-written page what might run."""
        if isinstance(page, DossierPage):
            return markdown
        return prepare_handwritten_page(page, markdown, self._get_dossier_root(config))

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Insert generated parts into hand-written pages, and in a preview the problems above them."""
        if isinstance(page, DossierPage):
            return html
        html, searched_texts = clean_handwritten_page(page, html, self.problems)
        self.handwritten_pages += searched_texts
        dossier = self._published_dossier
        html = DIRECTIVE_PATTERN.sub(lambda match: render_directive(match[1], dossier, page.url, self.is_preview), html)
        return self._render_problem_banner(page.url) + insert_nonbreaking_spaces(html)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Start indexing and add the sitemap: the theme is configured, and all pages are known."""
        self.jinja_environment, self.page_frames = env, PageFrameCache()
        self.template_scripts = TemplateScripts(() if self.is_preview else map(Path, config.theme.dirs))
        with self._handle_indexing_errors():
            self.search_indexer.start_indexing(
                iter_search_documents(self._published_dossier, self.handwritten_pages), config.theme.get("language") or "en"
            )
        replace_sitemap(files, config, is_preview=self.is_preview)
        return env

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Wait for the index, not to the end in a preview of a large dossier; after all other plugins, list and move the site."""
        with self._handle_indexing_errors():
            self.search_indexer.wait_for_index(PREVIEW_INDEX_WAIT_SECONDS if self.is_preview else None)
        if not self.is_preview:
            write_build_manifest(self.dossier, Path(config.site_dir))
        if self.site_replacement and not is_strict_build_failing():
            self.site_replacement.finish()
            config.site_dir = str(self.site_replacement.site)
            plugin_logger.info("the new site is in %s", config.site_dir)

    def on_build_error(self, *, error: Exception) -> None:
        """End the indexing of a build that failed, leave the site as it was, and say in a sentence what a file system refused."""
        self.on_shutdown()
        if not isinstance(error, MkDocsException) and (sentence := describe_build_error(error)):
            plugin_logger.error(sentence)
            raise Abort("Aborted; the site is as it was before.") from error

    def on_shutdown(self) -> None:
        """End the indexing, and remove what an interrupted build has written."""
        self.search_indexer.stop_indexing()
        if self.site_replacement:
            self.site_replacement.abandon()

    @contextmanager
    def _handle_indexing_errors(self) -> Iterator[None]:
        """Make a missing index fail a build; in a preview it is only logged."""
        try:
            yield
        except IndexingError as error:
            if not self.is_preview:
                raise PluginError(f"the search has no index: {error}") from error
            plugin_logger.warning("the search has no index: %s", error)

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Render a page of ours with the theme, or insert it into the frame of its kind."""
        if isinstance(page, DossierPage):
            content_html = page.dossier_page.content_html
            if not self.is_preview:
                write_page_exports(config, self.dossier, page.dossier_page.url, content_html)
            page.content = self._render_problem_banner(page.dossier_page.url) + content_html
            own_values = page.frame_values

            def render(values: FrameValues) -> str:
                page.set_frame_values(values)
                html: str = self.jinja_environment.get_template("main.html").render(context)
                page.set_frame_values(own_values)
                return html

            html = self.page_frames.render_page(page.frame_key, own_values, render)
            context["finished"] = html  # type: ignore[typeddict-unknown-key]
            page.content = ""
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Add links to feeds, data for search engines and the policy, after all other plugins."""
        if config.site_url and not self.is_preview:
            output = add_head_elements(output, page.url, getattr(page, "dossier_page", None))
        return self._insert_page_csp(output)

    @event_priority(-100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Add the policy to the 404 page."""
        return self._insert_page_csp(output_content) if template_name.endswith(".html") else output_content

    def _insert_page_csp(self, html: str) -> str:
        """Add the policy to a page; not in a preview, whose server adds a script of its own afterwards."""
        return html if self.is_preview else insert_csp(html, self.template_scripts)

    def _render_problem_banner(self, url: str) -> str:
        """The HTML of the first problems, for the top of a preview's pages; the editor's page lists all of them itself."""
        if not self.is_preview or not self.problems or url == EDITOR_URL:
            return ""
        depth = url.count("/")
        if depth not in self.problem_banners_by_depth:
            self.problem_banners_by_depth[depth] = PageContext(self.dossier, url, preview=True).render_template(
                "problems.html",
                problems=self.problems[:MAX_PREVIEW_PROBLEMS],
                rest=max(len(self.problems) - MAX_PREVIEW_PROBLEMS, 0),
                summary=format_problem_counts(self.problems),
            )
        return self.problem_banners_by_depth[depth]

    @property
    def _published_dossier(self) -> Dossier:
        """The dossier as this build shows it: a preview has drafts too."""
        return self.dossier if self.is_preview else self.dossier.only_published()

    def _create_plugin_settings(self, config: MkDocsConfig) -> Settings:
        return create_settings(dict(self.config) | {name: config[name] for name in SITE_SETTING_NAMES})

    def _get_dossier_root(self, config: MkDocsConfig) -> Path:
        """The dossier's folder, the parent of `docs/`."""
        return Path(config.docs_dir).parent

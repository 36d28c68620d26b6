"""A build writes beside the site that is there, and what it wrote replaces that site when it is whole.

MkDocs empties the site's folder first and fails afterwards: over a file that vanishes, a full disk, or what `--strict`
counts. So it is given a folder inside the site's, hidden, which also works where the site's folder is a link or a mount, or
its parent may not be written. The entries change places one by one; that takes milliseconds, and is undone if it fails.
As in MkDocs, hidden entries of the site's folder stay.
"""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import CountHandler

from dossier.output.output_folder import check_output_place

STAGING_PREFIX = ".dossier-build-"


class SiteReplacement:
    """One build's folder in a site's folder, until `finish` or `abandon`."""

    def __init__(self, site: Path) -> None:
        """Make the folder, and remove what builds that were killed have left. Raises `PluginError` if it cannot."""
        self.site, self._is_site_new = site, not site.exists()
        try:
            site.mkdir(parents=True, exist_ok=True)
            for left_over in site.glob(f"{STAGING_PREFIX}*"):
                _put_back_old_entries(left_over / "old", site)
                shutil.rmtree(left_over, ignore_errors=True)
            self._staging_folder = Path(mkdtemp(prefix=STAGING_PREFIX, dir=site))
            self.build_folder, self._old = self._staging_folder / "new", self._staging_folder / "old"
            self.build_folder.mkdir()
            self._old.mkdir()
        except OSError as error:
            raise PluginError(
                f"no site can be written into {site}: {error.strerror}; check what is there and its permissions, "
                "or name another folder with --site-dir"
            ) from error

    def finish(self) -> None:
        """Put what was built in the place of what was there. Raises `OSError`, and then what was there is there again."""
        new = list(self.build_folder.iterdir())
        kept_names = {entry.name for entry in self.site.iterdir() if entry.name.startswith(".")} - {entry.name for entry in new}
        moves = [(entry, self._old / entry.name) for entry in self.site.iterdir() if entry.name not in kept_names]
        moves += [(entry, self.site / entry.name) for entry in new]
        done: list[tuple[Path, Path]] = []
        try:
            for source, target in moves:
                done.append((source, target))
                source.rename(target)
        except BaseException:  # an interruption, too, must not cost what was there
            for source, target in reversed(done):
                if os.path.lexists(target) and not os.path.lexists(source):
                    target.rename(source)
            raise
        shutil.rmtree(self._staging_folder, ignore_errors=True)

    def abandon(self) -> None:
        """Remove what was built; after `finish`, do nothing."""
        shutil.rmtree(self._staging_folder, ignore_errors=True)
        if self._is_site_new and self.site.is_dir() and not any(self.site.iterdir()):
            self.site.rmdir()


def _put_back_old_entries(old: Path, site: Path) -> None:
    """Give a site back what a build had moved away when it was killed; nothing else has what the next build may fail to make."""
    for entry in old.iterdir() if old.is_dir() else ():
        if not os.path.lexists(site / entry.name):
            entry.rename(site / entry.name)


def begin_site_replacement(config: MkDocsConfig, root: Path, captures: Path) -> SiteReplacement:
    """Have a build write into a folder of its own. Raises `PluginError` or `UnreadableError` where no site may be written."""
    check_output_place(root, Path(config.site_dir), captures)
    replacement = SiteReplacement(Path(config.site_dir))
    config.site_dir = str(replacement.build_folder)
    return replacement


def find_site_folder(folder: Path) -> Path:
    """The site's folder, of the folder that a build writes into."""
    return next((parent.parent for parent in folder.parents if parent.name.startswith(STAGING_PREFIX)), folder)


def is_strict_build_failing() -> bool:
    """Whether MkDocs has counted warnings that will make it end a strict build as failed, after the site is written."""
    loggers = map(logging.getLogger, ("mkdocs", "properdocs"))
    return any(isinstance(handler, CountHandler) and handler.get_counts() for one in loggers for handler in one.handlers)

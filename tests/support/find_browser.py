"""Print the path of a Chromium for the browser tests, fetching one where there is none; nothing when none can be had.

Looked for in this order: $CHROMIUM, the PATH, a download by Playwright, Debian's packages (as root).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

HEADLESS_SHELL = "chromium-headless-shell"
"""Debian's build of Chromium that has no windows: it shows the same pages in a third of the processor's time."""

NAMES = (HEADLESS_SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


def find_installed_browser() -> str | None:
    """A Chromium or Chrome that is already here."""
    named = os.environ.get("CHROMIUM")
    if named and shutil.which(named):
        return shutil.which(named)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def fetch_playwright_browser() -> str | None:
    """Playwright's own Chromium, downloaded if need be."""
    fetched = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, check=False)
    if fetched.returncode:
        return None
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, and rarely needed

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.access(path, os.X_OK) else None


def install_debian_browser() -> str | None:
    """Debian's packages, where this is Debian and we are root: older releases have no shell of its own."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    subprocess.run(["apt-get", "update", "-qq"], stdout=sys.stderr, check=False)
    for package in (HEADLESS_SHELL, "chromium"):
        subprocess.run(["apt-get", "install", "-y", "-qq", package], stdout=sys.stderr, check=False)
        if path := shutil.which(package):
            return path
    return None


if __name__ == "__main__":
    print(find_installed_browser() or fetch_playwright_browser() or install_debian_browser() or "")

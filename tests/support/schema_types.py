"""TypeScript and the types of schema.org's vocabulary (schema-dts), by which JSON-LD is checked."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from support.install_server import FOLDER, find_node

MODULES = FOLDER / "node_modules"
COMPILER = MODULES / "typescript/bin/tsc"
OPTIONS = {"strict": True, "noEmit": True, "skipLibCheck": True, "target": "es2022", "module": "nodenext", "types": []}


def find_type_faults(folder: Path, kind: str, documents: Sequence[dict[str, Any]]) -> list[str]:
    """What the compiler has against documents of a type of schema.org; skips where it is not installed."""
    node = find_node()
    if not node or not COMPILER.is_file() or not (MODULES / "schema-dts").is_dir():
        pytest.skip("TypeScript and schema-dts are not installed; `make test` does it where npm packages can be had")
    values = (f"export const v{place}: WithContext<{kind}> = {json.dumps(one)};" for place, one in enumerate(documents))
    (folder / "documents.ts").write_text(f'import type {{{kind}, WithContext}} from "schema-dts";\n' + "\n".join(values))
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": OPTIONS, "files": ["documents.ts"]}))
    (folder / "node_modules").symlink_to(MODULES)
    outcome = subprocess.run(
        [node, str(COMPILER), "--project", str(folder), "--pretty", "false"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (outcome.returncode == 0) == (not outcome.stdout), outcome.stderr
    return outcome.stdout.splitlines()

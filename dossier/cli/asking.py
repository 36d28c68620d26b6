"""Answers from options or, on a terminal, from whoever sits there: checked at once, as they will be when they are read."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from dossier.authoring.questions import QUESTIONS, choices, takes_several
from dossier.authoring.record_template import Words, asked, id_from, listed, weighed, written
from dossier.loading.reader import Reader
from dossier.model import Dossier, Problem, Unreadable
from dossier.model.base import Entry
from dossier.model.examples import to_make
from dossier.model.quotations.digest import Digest
from dossier.model.records import TEXT, Annotation, Claim, Source
from dossier.model.site.addresses import FILES

Given = str | Sequence[str] | Sequence[tuple[str, str]] | None
"""An answer as an option holds it; nothing and an empty list are no answer."""

NOT_KEYS: Mapping[str, Any] = {"id": "a", "slug": "a", "article": "a", "digest": Digest("", "", 1)}
"""Stand in for what a record has from its file's name and body while one key of it is judged."""

ITSELF = "itself"
"""The origin of a source that goes back to nothing else, before it has an id."""

HOW_IT_GOES = "Press Enter to leave a question open; Ctrl-C writes nothing."


def parties_by_name(dossier: Dossier) -> dict[str, str]:
    """The id of each party by its names, in small letters."""
    return {name.casefold(): party.id for party in dossier.parties.values() for name in (party.name, *party.aliases)}


def on_a_terminal() -> bool:
    """Whether somebody is there to answer questions."""
    return sys.stdin.isatty()


@dataclass(frozen=True)
class Form:
    """The questions of one record, and the dossier in which what they name is looked up."""

    model: type[Entry]
    dossier: Dossier

    @property
    def words(self) -> Words:
        """Words that answer a question, where they are records of the dossier."""
        topics = sorted({topic for claim in self.dossier.claims.values() for topic in claim.topics})
        return {"verdict": list(self.dossier.verdicts), "voice": list(self.dossier.voices), "topic": topics}

    def answers(self, given: Mapping[str, Given], known: Mapping[str, str], settled: Collection[str] = ()) -> dict[str, str]:
        """Answers as YAML, by key: those given first, then those known already; asks for the rest on a terminal.

        Raises `Unreadable` where one that was given as an option is wrong.
        """
        asking, found = on_a_terminal(), dict(known)
        if asking:
            click.echo(f"{HOW_IT_GOES}\n", err=True)
        for key, question in QUESTIONS[self.model].items():
            if not question.option:
                continue
            if value := self._by_id(key, given.get(key)):
                found[key] = self.judged(key, value, question.option)
                if strange := self._strange(key, value):
                    raise strange
            elif asking and not (key in found or key in settled or question.needless(found)) and (said := self._asked(key)):
                found[key] = said
        return found

    def _asked(self, key: str) -> str:
        """An answer from the terminal, as YAML; empty where the question is left open."""
        question, field = QUESTIONS[self.model][key], self.model.model_fields[key]
        words = choices(field.annotation) or self.words.get(question.names, ())
        several = "Several are parted by commas." if takes_several(field) else ""
        text = asked(question._replace(how=_how(self.model, key) or several or question.how), words)

        def judged(said: str) -> str:
            value = self._by_id(key, [part.strip() for part in said.split(",") if part.strip()] if several else said)
            written_so = self.judged(key, _weighing(value) if _how(self.model, key) else value)
            if strange := self._strange(key, value):
                click.echo(f"  {strange.message}\n  help: {strange.help}", err=True)
                sure = click.prompt(
                    "  Type y to write it all the same, Enter to be asked again", default="", show_default=False, err=True
                )
                if sure.strip().lower() not in ("y", "yes"):
                    raise Unreadable("Then once more.")
            return written_so

        return ask(text, judged)

    def _by_id(self, key: str, value: Given) -> Given:
        """An answer as it is, or the id of the party that it calls by name; raises `Unreadable` where no party is called so."""
        if QUESTIONS[self.model][key].names != "party" or not isinstance(value, str) or not re.search(r"[^\W\d_]\W* \w", value):
            return value
        names = parties_by_name(self.dossier)
        if found := names.get(value.casefold()):
            return found
        close = [names[name] for name in get_close_matches(value.casefold(), names, 1)]
        cure = to_make("party", id_from(value, "", ()))
        raise Unreadable(f"there is no party called {value}", f"did you mean {close[0]}? Else {cure}" if close else cure)

    def judged(self, key: str, value: Given, option: str = "") -> str:
        """An answer as YAML; raises `Unreadable` where the record would be refused for it."""
        text = _yaml(value, one_line=key == "quote")
        if problems := faults_of(self.model, key, text):
            meant = [way.new for way in problems[0].instead if problems[0].rule == "wrong-id"]
            help = f"did you mean {meant[0]}? Else {problems[0].help}" if meant else problems[0].help
            raise Unreadable(f"{option}: {problems[0].message}" if option else problems[0].message, help)
        if QUESTIONS[self.model][key].names == "verdict" and value not in self.dossier.verdicts:
            close = get_close_matches(str(value), self.dossier.verdicts, 1)
            help = f"did you mean {close[0]}? It" if close else "it"
            raise Unreadable(f"there is no verdict {value!r}", f"{help} can be {', '.join(self.dossier.verdicts)}")
        return text

    def _strange(self, key: str, value: Given) -> Unreadable | None:
        """What is to be said of an answer that names a record which is not there; nothing where all are."""
        kind = QUESTIONS[self.model][key].names
        if kind in ("", "verdict", "topic"):
            return None
        known, files = self._known(kind), FILES[kind]
        missing = [name for name in _names(value) if name not in known and files.format(name) not in self.dossier.unread]
        if not missing:
            return None
        cure = to_make(kind, missing[0])
        close = get_close_matches(missing[0], known, 3)
        return Unreadable(f"there is no {kind} {missing[0]}", f"did you mean {', '.join(close)}? Else {cure}" if close else cure)

    def _known(self, kind: str) -> Collection[str]:
        shelves: Mapping[str, Collection[str]] = {
            "party": [*self.dossier.parties, *([TEXT] if self.model is Annotation else [])],
            "source": [*self.dossier.sources, *([ITSELF] if self.model is Source else [])],
            "voice": self.dossier.voices,
            "claim": self.dossier.claims,
            "article": self.dossier.articles,
        }
        return shelves[kind]


def ask(text: str, judged: Callable[[str], str]) -> str:
    """An answer from the terminal, asked for until it is right or left open (then it is empty).

    Quotation marks round the whole of it, as a file would have them, are taken away.
    """
    while said := str(click.prompt(text, default="", show_default=False, prompt_suffix="\n> ", err=True)).strip():
        try:
            return judged(re.sub(r'^"([^"]*)"$', r"\1", said))
        except Unreadable as error:
            click.echo(f"  {error.message}\n  help: {error.help}\n" if error.help else f"  {error.message}\n", err=True)
    return ""


def faults_of(model: type[Entry], key: str, text: str) -> list[Problem]:
    """What is wrong with one value of a record, judged as when it is read from a file."""
    reader = Reader(Path())
    node = reader.yaml(f"{key}: {text}\n", "")
    if node:
        reader.record(model, node, "", **{name: NOT_KEYS[name] for name in model.unwritten})
    return [problem for problem in reader.problems if problem.rule != "missing-key"]


def _how(model: type[Entry], key: str) -> str:
    """How to answer where each answer is a source with its bearing."""
    how = "supports | contradicts | context, as in: a-source supports, other-source context"
    return how if (model, key) == (Claim, "sources") else ""


def _weighing(parts: Given) -> list[tuple[str, str]]:
    """`a-source supports` as the source and its bearing; without a bearing one that will be refused."""
    pairs = [str(part).partition(" ") for part in parts or ()]
    return [(name, bearing.strip() or "?") for name, _, bearing in pairs]


def _yaml(value: Given, *, one_line: bool = False) -> str:
    """An answer as YAML."""
    if value is None or isinstance(value, str):
        return written(value or "", inside=one_line)
    pairs = [entry for entry in value if isinstance(entry, tuple)]
    return weighed(pairs) if pairs else listed([entry for entry in value if isinstance(entry, str)])


def _names(value: Given) -> list[str]:
    """Ids that an answer names."""
    if value is None or isinstance(value, str):
        return [value] if value and value != "not-established" else []
    return [entry[0] if isinstance(entry, tuple) else entry.partition(" ")[0] for entry in value]

"""The kinds of values that records hold, and how each is read from the text of a YAML file.

A fact that is not established is None here and the literal `not-established` there.
"""

from __future__ import annotations

import re
from types import NoneType
from typing import Annotated, Any, TypeVar, get_args
from urllib.parse import urlsplit

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_wrap_validator_function

from dossier.model.dates.edtf import Edtf, parse_edtf
from dossier.model.numbers.arithmetic import Expression
from dossier.model.numbers.expression import parse_expression
from dossier.model.numbers.printed import PrintedNumber, parse_printed_number
from dossier.model.problems.problem import UnreadableError
from dossier.model.wording import quote_value

NOT_ESTABLISHED = "not-established"
MAX_TEXT_CHARACTERS = 50_000
"""Characters of any text of ours, some 8,000 words; a megabyte of lines of one letter takes half a minute to render."""
MAX_LINE_CHARACTERS = 2_000
"""Characters of a text of one line, such as a title."""
MAX_NAMED_PARAGRAPHS = 5000
"""Far more than any article has; keeps a slip of the pen from filling the memory."""
_USER_IN_ADDRESS_PATTERN = re.compile(r"[hH][tT][tT][pP][sS]?://[^/?#\s]*@")
_BOOLEAN_SUGGESTIONS = {**dict.fromkeys(("yes", "on", "true"), ("true",)), **dict.fromkeys(("no", "off", "false"), ("false",))}
EstablishedT = TypeVar("EstablishedT")


def _validate_web_url(value: Any) -> Any:
    if isinstance(value, str) and len(value) > MAX_LINE_CHARACTERS:
        message = f"a web address has at most {MAX_LINE_CHARACTERS:,} characters, not {len(value):,}"
        raise UnreadableError(message, "leave out what the page is found without")
    if isinstance(value, str) and _USER_IN_ADDRESS_PATTERN.match(value):
        # The message does not repeat the address: it may hold a password.
        raise UnreadableError("this address names a user before its host", "leave out the user, the password and the `@`")
    if isinstance(value, str) and not is_web_url(value):
        full_url = f"https://{value.lstrip('/')}"
        values = [full_url] if re.match(r"(?:[\w-]+\.)+[a-z]{2,}(?:/|$)", value.lstrip("/")) and is_web_url(full_url) else []
        help = "write the whole address, as in https://example.org/page"
        raise UnreadableError(f"{quote_value(value)} is not a whole web address", help, values=values)
    return value


def is_web_url(value: str) -> bool:
    """Whether a text is a whole web address, as a record or a setting may have it.

    One with a user before its host is none: it may tell a password to every reader, or look like that of another host.
    """
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.hostname) and "@" not in parts.netloc and bool(re.fullmatch(_WEB_URL_PATTERN, value))


def _require_text(value: Any, what: str, help: str, rule: str = "wrong-value") -> str:
    if not isinstance(value, str):
        raise UnreadableError(f"this must be one {what}", help, rule)
    return value


def _validate_edtf_date(value: Any) -> Edtf:
    return parse_edtf(_require_text(value, "date", 'write it in quotation marks, as in "2021-03-26"', "wrong-date"))


def _validate_full_date(value: Any) -> Edtf:
    help = 'write the day in full, as in "2026-11-22"'
    try:
        date = _validate_edtf_date(value)
    except UnreadableError as error:
        days = [day for day in error.values if len(day) == len('"2026-11-22"')]
        raise UnreadableError(error.message, error.help if days else help, "wrong-date", days) from error
    if len(date.text) != len("2026-11-22") or not date.start or date.start.html_datetime != date.text:
        raise UnreadableError(f"{quote_value(value)} is not one day", help, "wrong-date")
    return date


class _NotEstablishedMarker:
    """Marks a value that may be `not-established`: then it is None, else whatever it is meant to be."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        value_type = next(part for part in get_args(source) if part is not NoneType)
        return no_info_wrap_validator_function(_validate_if_established, handler.generate_schema(value_type))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [handler(schema), {"const": NOT_ESTABLISHED, "description": "where it is not known; never guessed"}]}


def _validate_if_established(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    return None if value is None or value == NOT_ESTABLISHED else validate(value)


def can_be_not_established(field: FieldInfo) -> bool:
    """Whether a record's field may be `not-established`."""
    return any(isinstance(mark, _NotEstablishedMarker) for mark in field.metadata)


def _validate_paragraph_numbers(value: Any) -> Any:
    """`[7, "39-42"]` or `"6-25"` as the paragraph numbers it names, in order."""
    entries, help = value if isinstance(value, list) else [value], 'write a number or a range, as in 7 or "39-42"'
    numbers: list[int] = []
    if not entries:
        raise UnreadableError("no paragraph is named", help)
    for entry in entries:
        match = re.fullmatch(_PARAGRAPH_RANGE_PATTERN, entry) if isinstance(entry, str) else None
        if not match or int(match[2] or match[1]) < int(match[1]):
            raise UnreadableError(f"{quote_value(entry)} names no paragraphs", help)
        numbers.extend(range(int(match[1]), int(match[2] or match[1]) + 1))
        if len(numbers) > MAX_NAMED_PARAGRAPHS:
            raise UnreadableError(f"more than {MAX_NAMED_PARAGRAPHS} paragraphs are named", "name those that the article has")
    return numbers


def _validate_yaml_boolean(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value not in ("true", "false"):
        suggestions = _BOOLEAN_SUGGESTIONS.get(value.lower(), ())
        raise UnreadableError(f"{quote_value(value)} is neither true nor false", "write true or false", values=suggestions)
    return value == "true"


def _validate_printed_number(value: Any) -> PrintedNumber:
    return parse_printed_number(_require_text(value, "number", "write it as it is printed, as in 568 or 11.43 %"))


def _validate_written_result(value: Any) -> PrintedNumber | bool:
    return value == "true" if value in ("true", "false") else _validate_printed_number(value)


def _validate_figure_reference(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(_FIGURE_REFERENCE_PATTERN, value):
        raise UnreadableError(f"{quote_value(value)} names no figure", "write the claim and its figure, as in april-count.total")
    return value


def _validate_written_expression(value: Any) -> Expression:
    return parse_expression(_require_text(value, "expression", "write it as in trams / all_vehicles"))


def _build_editor_schema(types: str | list[str], pattern: str = "", form: str = "") -> WithJsonSchema:
    """The JSON Schema of a value for editors: YAML's types (a number needs no quotation marks), pattern and form."""
    constraint = {"pattern": pattern, "description": form, "patternErrorMessage": f"write {form}"} if pattern else {}
    return WithJsonSchema({"type": types} | constraint)


# The patterns are JSON Schema's too, so Python and JavaScript (with its flag `u`) must read them alike: `[0-9]`, since `\d` takes
# digits of all scripts here, and U+FEFF by name, since `\s` takes it only there.
_WEB_URL_PATTERN = r'^[hH][tT][tT][pP][sS]?://[^\s\uFEFF<>"\\]+$'
_PARAGRAPH_RANGE_PATTERN = r"^([1-9][0-9]{0,4})(?:-([1-9][0-9]{0,4}))?$"
_FIGURE_REFERENCE_PATTERN = r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z][a-z0-9_]*$"
_DATE_FORM_DESCRIPTION = (
    'a date as far as it is known: "2021", "2021-03", "2021-03-26", "2021-03~" (about), "2020-10/2021-09" (from, to)'
)
_PARAGRAPH_RANGE_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": _PARAGRAPH_RANGE_PATTERN}]
}
_PARAGRAPH_NUMBERS_SCHEMA = {
    "anyOf": [*_PARAGRAPH_RANGE_SCHEMA["anyOf"], {"type": "array", "items": _PARAGRAPH_RANGE_SCHEMA, "minItems": 1}]
}

RecordId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
SingleLineText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LINE_CHARACTERS, pattern=r"^[^\n]+$")
]
ProseText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT_CHARACTERS)]
WebUrl = Annotated[
    str, BeforeValidator(_validate_web_url), _build_editor_schema("string", _WEB_URL_PATTERN, "a whole web address")
]
EdtfDate = Annotated[
    Edtf,
    BeforeValidator(_validate_edtf_date),
    _build_editor_schema(["string", "integer"], r"^[0-9XYTZ?~%.:+/-]+$", _DATE_FORM_DESCRIPTION),
]
FullDate = Annotated[
    Edtf,
    BeforeValidator(_validate_full_date),
    _build_editor_schema("string", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", 'a day in full, as in "2026-11-22"'),
]
OrNotEstablished = Annotated[EstablishedT | None, _NotEstablishedMarker()]
ParagraphNumbers = Annotated[
    tuple[int, ...], BeforeValidator(_validate_paragraph_numbers), WithJsonSchema(_PARAGRAPH_NUMBERS_SCHEMA)
]
YamlBoolean = Annotated[bool, BeforeValidator(_validate_yaml_boolean), _build_editor_schema("boolean")]
PositiveInteger = Annotated[int, Field(ge=1)]
FigureKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
AnnotationReference = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*#[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=161)
]
"""An annotation, by its article and its id there: `gazette-2021-03-26#one-in-ten`."""
WrittenNumber = Annotated[PrintedNumber, BeforeValidator(_validate_printed_number), _build_editor_schema(["string", "number"])]
WrittenResult = Annotated[
    PrintedNumber | bool, BeforeValidator(_validate_written_result), _build_editor_schema(["string", "number", "boolean"])
]
WrittenExpression = Annotated[
    Expression, BeforeValidator(_validate_written_expression), _build_editor_schema(["string", "number"])
]
FigureReference = Annotated[
    str,
    StringConstraints(max_length=121),
    BeforeValidator(_validate_figure_reference),
    _build_editor_schema("string", _FIGURE_REFERENCE_PATTERN, "a claim and its figure, as in fares.total"),
]
"""A figure of a claim, as another record names it: `april-count.total`."""

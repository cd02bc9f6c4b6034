"""Recognition stands on its own, never fails, and takes steps in proportion to the length of a text."""

import importlib
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recognition_texts import CADRES

import portal.inbox.recognition as package
from portal.inbox.recognition.channels import channel_of
from portal.inbox.recognition.language import signals
from portal.inbox.recognition.near import NearKey, fingerprint
from portal.inbox.recognition.personal import find_personal, mask

HERE = Path(package.__file__).parent
NOW = datetime(2026, 11, 24, tzinfo=UTC)
KEY = NearKey(b"k" * 32, datetime(2027, 1, 1, tzinfo=UTC))
LONGEST = 2000  # signs of a comment
MOST_STEPS_PER_SIGN = 1500
MOST_PER_PLACE = 2000  # what one place of a text may cost a pattern at worst
PIECES = [
    *(
        "ông ",
        "Nguyễn ",
        "Văn ",
        "nguyen van ",
        "đ/c ",
        "số nhà 12 ",
        "ngõ 3/",
        "đường ",
        "thôn ",
        "0912",
        "0 9 ",
    ),
    *(
        "không ",
        "một ",
        "o9",
        "34A-",
        "15B1 123",
        "@",
        "a.",
        "g@m.com ",
        "https://",
        "fb ",
        "sinh năm ",
        "12/3/",
    ),
    *(
        "nhận ",
        "5 triệu ",
        "tố cáo ",
        "mới ký ",
        "đ*",
        "v c l ",
        "?",
        "\n",
        "́",
        "\u200b",
        "Ａ",
        "🙂",
        "(",
        "…",
        "* ",
    ),
]

RELENTLESS = [
    *(
        "a",
        "0",
        "0 ",
        "0-",
        ".",
        "@",
        "a@",
        "a.",
        "đ*",
        "é",
        "e\u0301",
        "\u0301",
        " ",
        "\n",
        "A",
        "(",
        "/",
        "1/",
    ),
    *(
        "o9 ",
        "không ",
        "một hai ",
        "0912345678 ",
        "031089000456",
        "ông ",
        "Nguyễn ",
        "Nguyễn Văn ",
        "ông Nến ",
    ),
    *(
        "số nhà 1 ",
        "ngõ 1, ",
        "thôn ",
        "số 1 ngõ 1 đường Lê Lợi ",
        "34A-123.45 ",
        "15b1 ",
        "sinh năm ",
        "sinh 12/3/",
    ),
    *("a@b.c", "x a còng y chấm ", "https://a/", "a.b/", "@abc ", "facebook Hoa Mai ", "v c l ", "nguuu "),
    *(
        "tham ô ",
        "ông tham ô. ",
        "nhận 5 triệu ",
        "không nhận ",
        "kế toán ",
        "thì mới ",
        "tố cáo ông ",
        "em trai ",
    ),
    *("chỉ 5 triệu ", "5 triệu ", "nếu có ", "khiếu nại ", "đề nghị sửa đường ", "trộm đêm ", "bao giờ "),
]


def modules() -> Iterator[Any]:
    for found in pkgutil.iter_modules([str(HERE)]):
        yield importlib.import_module(f"{package.__name__}.{found.name}")


def read(text: str) -> None:
    """Everything the package does with a text: signals find personal data and the channel as well."""
    signals(text, known_names=CADRES)
    mask(text, ())
    fingerprint(text, KEY, now=NOW)


def steps(work: Callable[[str], None], text: str) -> int:
    """How many lines of this package the work runs through."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        nonlocal count
        if not frame.f_code.co_filename.startswith(str(HERE)):
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("piece", RELENTLESS)
def test_twice_the_text_takes_about_twice_the_steps(piece: str) -> None:
    read(piece)  # the word lists are read once
    short, long = (steps(read, (piece * size)[:size]) for size in (400, 800))
    assert long <= 2.3 * short


@pytest.mark.parametrize("piece", ["0-", "a@", "ông ", "nếu có ", "nhận 5 triệu "])
def test_the_longest_comment_takes_a_bounded_number_of_steps(piece: str) -> None:
    read(piece)
    assert steps(read, (piece * LONGEST)[:LONGEST]) <= MOST_STEPS_PER_SIGN * LONGEST


def test_the_step_counter_sees_a_rule_that_is_not_linear() -> None:
    source = (
        "def pairs(text):\n    for left in text:\n        for right in text:\n            left == right\n"
    )
    place: dict[str, Any] = {}
    exec(compile(source, str(HERE / "pairs.py"), "exec"), place)
    assert steps(place["pairs"], "a" * 400) > 3.5 * steps(place["pairs"], "a" * 200)


def test_no_pattern_repeats_without_bound() -> None:
    patterns = [
        value for module in modules() for value in vars(module).values() if isinstance(value, re.Pattern)
    ]
    assert len(patterns) >= 12
    for pattern in patterns:
        assert _worst(_parsed(pattern)) <= MOST_PER_PLACE, pattern.pattern


def test_the_check_of_patterns_sees_one_without_bound() -> None:
    assert _worst(_parsed(re.compile(r"(a+)+b"))) > MOST_PER_PLACE
    assert _worst(_parsed(re.compile(r"(?:a{1,50}){1,50}"))) > MOST_PER_PLACE
    assert _worst(_parsed(re.compile(r"a{1,50}b{1,50}"))) <= MOST_PER_PLACE


def _parsed(pattern: re.Pattern[str]) -> Any:
    parser: Any = importlib.import_module("re._parser")
    return parser.parse(pattern.pattern, pattern.flags)


def _worst(parsed: Any) -> int:
    """The greatest product of repeats inside one another."""
    worst = 1
    for operation, arguments in parsed:
        times = int(arguments[1]) if str(operation).endswith("_REPEAT") else 1
        inner = [part for part in _parts(arguments) if hasattr(part, "getwidth")]
        worst = max([worst, times, *(times * _worst(part) for part in inner)])
    return worst


def _parts(arguments: Any) -> Iterator[Any]:
    if isinstance(arguments, list | tuple):
        for one in arguments:
            yield one
            yield from _parts(one) if not hasattr(one, "getwidth") else ()


@given(st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
def test_any_text_can_be_read(text: str) -> None:
    found = find_personal(text, known_names=CADRES)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert len(mask(text, found)) >= len(text) - sum(one.end - one.start for one in found)
    routing = channel_of(text, known_names=CADRES)
    assert all(0 <= reason.start < reason.end <= len(text) for reason in routing.reasons)
    for signal in signals(text, known_names=CADRES):
        assert all(0 <= start <= end <= len(text) for start, end in signal.spans)
    fingerprint(text, KEY, now=NOW)


def test_it_stands_on_the_standard_library_and_the_kernels_text() -> None:
    names = ", ".join(module.__name__ for module in modules())
    script = f"import sys, {names}; print([name for name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    ours = set(re.findall(r"'(portal[\w.]*)'", loaded))
    assert {name for name in ours if not name.startswith(package.__name__)} <= {
        *("portal", "portal.inbox", "portal.kernel", "portal.kernel.text")
    }
    assert not re.search(r"'(flask|sqlalchemy|whoosh|werkzeug)'", loaded)


def test_word_lists_hold_no_word_twice() -> None:
    for path in sorted((HERE / "lexicon").glob("*.json")):
        for words in _lists(json.loads(path.read_text(encoding="utf-8"))):
            assert sorted({*words}) == sorted(words), path.name


def _lists(stored: Any) -> Iterator[list[str]]:
    if isinstance(stored, list):
        yield stored
    elif isinstance(stored, dict):
        for value in stored.values():
            yield from _lists(value)

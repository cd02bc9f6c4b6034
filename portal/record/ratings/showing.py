"""What may be told of one closed block of answers, so that no answer in it becomes certain.

``tell`` is a total function of the four counts of a block: it always tells something true, and it
never refuses because of what was answered, so that a refusal can betray nothing. Let n be the number
of people who rated, k the least cell.

- *few*: n <= 3k. Told: how many people there are, nothing else.
- *split*: the first line of ``LADDER`` in which every part holds more than k people. Told: the parts.
- *nearly all alike*: no line fits. Told: which answer, and that at most k rated otherwise.

With n > 3k the most frequent answer holds more than k; if the rest does too, {answer, rest} is in the
ladder. So no line fits exactly when at most k rated otherwise than some answer, and since n > 2k that
answer is one only. "Tôi không biết" is told when more than k people said it, else "at most k".

**Claim 1: nobody's answer is certain.** The attackers know everything told, the rule itself, who is in
the block, and the answers of up to k-1 people in it (one attacker and k-2 who collude). For every
other person p there is a block with the same people and the same answers known, of which the same is
told, and in which p answered otherwise. *Few*: let all the others say "unknown" and p either that or
anything else; at most k rate. *Split*: leave out the known; each part keeps at least two people, so
somebody q in another part than p can exchange answers with p, and the counts stay. *Nearly all alike*,
all but at most k say a: if q unknown rated otherwise than p, exchange. Else all unknown raters say a
and the others are known, at most k-1, so p may say b instead: that makes at most k. (If p said
"unknown", exchange with any unknown rater; n > 3k leaves some.)

**Claim 2: no rating cell of fewer than k people is ever known exactly, nor is a zero.** Not in *few*:
the n raters are not told and may all be elsewhere. Cells that are parts hold more than k. In a merged
part of m > k people let c < k be the known ones. {u, s} of the second line was reached because u <= k or
s <= k: all the others in the part may be in u (then s <= c) or all in s (then u <= c). {d, u} of the
third was reached because d <= k: d may be just the known ones or one more. For the last line both d <= k
and s <= k: d may be anything from m-k to k that the known allow, which is more than one value unless
both are k. *Nearly all alike*: each other cell may hold just its known people or one more: c+1 <= k.
For "unknown" the same holds towards whoever cannot tell how many took part. One who can may subtract n;
so may anybody in a block of several relations that is full to the brim (each one short of a batch, and n
as many). That tells how many said "Tôi không biết", never who (claim 1).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.record.ratings.terms import RATED, Answer

_D, _U, _S = RATED
LADDER: tuple[tuple[tuple[Answer, ...], ...], ...] = (
    ((_D,), (_U,), (_S,)),
    ((_D,), (_U, _S)),
    ((_D, _U), (_S,)),
    ((_U,), (_D, _S)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Between ``least`` and ``most`` people gave one of ``answers``; equal when told exactly."""

    answers: tuple[Answer, ...]
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that is told of a block; ``n`` is None when too few people rated."""

    n: int | None
    parts: tuple[Range, ...]
    unknown: Range


def fewest_raters(k: int) -> int:
    """How many people must have rated before anything is told of their answers."""
    return 3 * k + 1


def tell(counts: Mapping[Answer, int], *, k: int) -> Told:
    """What may be told of a block with these ``counts`` at the least cell ``k``."""
    n = sum(counts.get(answer, 0) for answer in RATED)
    people = n + counts.get(Answer.UNKNOWN, 0)
    if n < fewest_raters(k):
        return Told(n=None, parts=(), unknown=_unknown(people - min(people, 3 * k), people))
    return Told(n=n, parts=_split(counts, k) or _nearly_all(counts, n, k), unknown=_outside(people - n, k))


def _split(counts: Mapping[Answer, int], k: int) -> tuple[Range, ...]:
    for line in LADDER:
        sizes = [sum(counts.get(answer, 0) for answer in part) for part in line]
        if min(sizes) > k:
            return tuple(Range(answers=p, least=s, most=s) for p, s in zip(line, sizes, strict=True))
    return ()


def _nearly_all(counts: Mapping[Answer, int], n: int, k: int) -> tuple[Range, ...]:
    most = max(RATED, key=lambda answer: counts.get(answer, 0))
    others = tuple(answer for answer in RATED if answer is not most)
    return (Range(answers=(most,), least=n - k, most=n), Range(answers=others, least=0, most=k))


def _outside(unknown: int, k: int) -> Range:
    return _unknown(unknown, unknown) if unknown > k else _unknown(0, k)


def _unknown(least: int, most: int) -> Range:
    return Range(answers=(Answer.UNKNOWN,), least=least, most=most)

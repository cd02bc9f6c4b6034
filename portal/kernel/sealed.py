"""Text that cannot be shown by accident: every way of showing a ``Sealed`` value raises.

Draft columns load sealed. ``open(reason=…)`` works only inside a unit of work, which counts what was
opened and why and hands the count to the audit room.
"""

from collections import Counter
from contextvars import ContextVar
from enum import StrEnum
from typing import Any, Generic, NoReturn, TypeVar

from sqlalchemy.types import TypeDecorator, TypeEngine

T_co = TypeVar("T_co", covariant=True)


class Reason(StrEnum):
    """Why somebody opens withheld content."""

    DRAFT = "draft"  # the author's or appraiser's own work on the draft
    APPRAISAL = "appraisal"  # what was presented, and what appraisers wrote
    DISCLOSURE = "disclosure"  # somebody decides what of it may be read
    ERASURE = "erasure"  # to find words that must go
    CLARITY = "clarity"  # the rules read it
    CONFLICT = "conflict"  # to see whether a person may act
    COMPOSE = "compose"  # the valve reads what is marked public
    MODERATION = "moderation"  # somebody judges whether a resident's words are shown
    DENUNCIATION = "denunciation"  # the keeper of the seal passes it on
    EVALUATION = "evaluation"  # the cadre's account and the council's marks, before they are public
    PROOF = "proof"  # a test or an operator checks a wall


class SealedError(TypeError):
    """Something tried to show, compare or copy out withheld content."""


openings: ContextVar[Counter[Reason] | None] = ContextVar("openings", default=None)


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise SealedError("withheld content was about to be shown; open(reason=…) it in a unit of work")


class Sealed(Generic[T_co]):
    """A withheld value. Two sealed values are equal only if they are the same object."""

    __slots__ = ("__value",)

    def __init__(self, value: T_co) -> None:
        self.__value = value

    def open(self, *, reason: Reason) -> T_co:
        """The value inside. Raises SealedError outside a unit of work, where nobody would know."""
        count = openings.get()
        if count is None:
            _refuse()
        count[reason] += 1
        return self.__value

    def _stored(self) -> T_co:
        return self.__value

    def __repr__(self) -> str:
        return "Sealed(…)"

    __str__ = __format__ = __bytes__ = __bool__ = __len__ = __iter__ = _refuse
    __int__ = __float__ = __index__ = __add__ = __radd__ = __mod__ = __contains__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __getitem__ = _refuse
    __reduce__ = __reduce_ex__ = __copy__ = __deepcopy__ = __html__ = _refuse


class SealedType(TypeDecorator[Sealed[Any]]):
    """A column whose values load sealed; plain or sealed values can be stored in it."""

    impl = TypeEngine
    cache_ok = True

    def __init__(self, inner: TypeEngine[Any]) -> None:
        super().__init__()
        self.impl = inner  # type: ignore[assignment]  # SQLAlchemy wants a class here, takes both
        self.inner = inner

    @property
    def comparator_factory(self) -> Any:  # type: ignore[override]  # a class there, a property here
        """Compare in SQL as the inner type does (a WHERE on a sealed column shows nothing)."""
        return self.inner.comparator_factory

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        """What is stored."""
        return value._stored() if isinstance(value, Sealed) else value

    def process_result_value(self, value: Any, dialect: Any) -> Sealed[Any]:
        """What is loaded."""
        return Sealed(value)

    def compare_values(self, x: Any, y: Any) -> bool:
        """Whether a stored value would not change."""
        return bool(
            self.inner.compare_values(self.process_bind_param(x, None), self.process_bind_param(y, None))
        )

    def copy(self, **kw: Any) -> "SealedType":
        """A copy for another table."""
        return SealedType(self.inner)

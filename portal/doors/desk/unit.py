"""The unit of work of this click, for those the library calls without one."""

from flask import g

from portal.kernel.work import Work


def present_work() -> Work:
    """The open unit of work. Raises RuntimeError where none is: then nothing may be changed."""
    found: Work | None = g.get("work")
    if found is None:
        raise RuntimeError("this happens only inside the unit of work of a step")
    return found

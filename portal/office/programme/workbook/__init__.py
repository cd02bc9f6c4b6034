"""The programme workbook: the .xlsx an officer fills in, read from memory into frozen forms."""

from portal.office.programme.workbook.faults import Fault, SecretStampFound, WorkbookRefused
from portal.office.programme.workbook.form import (
    CommitmentForm,
    ProgrammeForm,
    ProgressForm,
    TaskForm,
)
from portal.office.programme.workbook.reading import read_workbook
from portal.office.programme.workbook.template import write_template

__all__ = [
    "CommitmentForm",
    "Fault",
    "ProgrammeForm",
    "ProgressForm",
    "SecretStampFound",
    "TaskForm",
    "WorkbookRefused",
    "read_workbook",
    "write_template",
]

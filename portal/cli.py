"""``portal …``: everything an operator, a script or ``make`` does, one sub-command each."""

import importlib
import sys

import click

from portal.settings import SettingsFault, load

REFUSED = 1  # a rule said no
FAULTY = 2  # the input cannot be used; nothing was stored

# Which module holds a sub-command. Only the one asked for is loaded: a server must not wait for the
# workbook reader, nor a public-only host load office code.
_ROOMS = {
    "setup": ("init", "import-units", "officer", "template"),
    "demo": ("demo",),
    "sample": ("sample",),
    "desk": ("import-programme", "appraise", "confirm-progress", "publish", "withdraw"),
    "moderation": ("moderate", "queue"),
    "followers": ("follow", "index", "record"),
    "site": ("site",),
    "hours": ("due",),
    "jobs": ("jobs",),
    "evaluation": ("period", "dossier"),
    "reminders": ("remind",),
    "serve": ("run",),
    "upkeep": ("prepare", "backup", "restore", "shelf"),
    "doctor": ("doctor",),
    "metrics": ("metrics",),
}


_LASTING = {"run", "follow", "due", "jobs", "remind", "metrics"}  # units start them: they tell in lines


class Rooms(click.Group):
    """Finds a sub-command in the module that holds it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every sub-command's name."""
        return [name for names in _ROOMS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The sub-command; None when there is none of this name."""
        room = next((room for room, names in _ROOMS.items() if cmd_name in names), None)
        if room is None:
            return None
        commands = importlib.import_module(f"portal.commands.{room}").COMMANDS
        return next((command for command in commands if command.name == cmd_name), None)


@click.command(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
def portal() -> None:
    """Năm Rõ: cổng công khai chương trình hành động của cán bộ.

    Public transparency portal for cadres' action programmes.
    """


def main() -> None:
    """Run the command line; a refusal ends with its sentence and exit status 1."""
    try:
        _tell_in_lines(sys.argv[1:2])
        portal.main(standalone_mode=False)
    except SettingsFault as fault:
        click.echo(str(fault), err=True)
        sys.exit(FAULTY)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except click.exceptions.Abort:
        sys.exit(130)
    except Exception as fault:
        if not _tell_refusal(fault):
            raise
        sys.exit(REFUSED)


def _tell_in_lines(command: list[str]) -> None:
    """Begin the log of a process that lasts, or runs by the clock."""
    if set(command) & _LASTING:
        from portal.kernel.telling import begin  # here: what people type needs no log

        begin(load().log_level)


def _tell_refusal(fault: Exception) -> bool:
    """Say why a rule refused; False when ``fault`` is something else."""
    from portal.kernel.policy import Refused  # here: the rules are loaded only when one spoke
    from portal.kernel.wording import english_sentence, sentence

    if not isinstance(fault, Refused):
        return False
    click.echo(f"{sentence(fault)}\n({english_sentence(fault).splitlines()[0]})", err=True)
    return True

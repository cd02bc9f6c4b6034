"""``portal …``: everything an operator, a script or ``make`` does, one sub-command each."""

import sys

import click

from portal.commands import demo, desk, followers, sample, serve, setup, upkeep
from portal.kernel.policy import Refused
from portal.kernel.wording import english_sentence, sentence
from portal.settings import SettingsFault

REFUSED = 1  # a rule said no
FAULTY = 2  # the input cannot be used; nothing was stored


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def portal() -> None:
    """Năm Rõ: cổng công khai chương trình hành động của cán bộ.

    Public transparency portal for cadres' action programmes.
    """


for room in (setup, demo, sample, desk, followers, serve, upkeep):
    for command in room.COMMANDS:
        portal.add_command(command)


def main() -> None:
    """Run the command line; a refusal ends with its sentence and exit status 1."""
    try:
        portal.main(standalone_mode=False)
    except Refused as refused:
        click.echo(f"{sentence(refused)}\n({english_sentence(refused).splitlines()[0]})", err=True)
        sys.exit(REFUSED)
    except SettingsFault as fault:
        click.echo(str(fault), err=True)
        sys.exit(FAULTY)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except click.exceptions.Abort:
        sys.exit(130)

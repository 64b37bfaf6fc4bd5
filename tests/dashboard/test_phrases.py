import re
import shlex
import string

import click
import pytest

from bamsat.cli import cli
from dashboard import phrases
from domain.errors import Message
from tests.dashboard.office import HOSTILE

PHRASES = {name: value for name, value in vars(phrases).items() if isinstance(value, Message)}
PHRASES |= {f"NO_POSTS {key}": value for key, value in phrases.NO_POSTS.items()}
COMMANDS = [value for name, value in vars(phrases).items() if name.endswith("_COMMAND")]


@pytest.mark.parametrize("phrase", PHRASES.values(), ids=PHRASES)
def test_both_languages_have_the_same_blanks(phrase):
    vi, en = ({field for _, field, _, _ in string.Formatter().parse(text) if field} for text in (phrase.vi, phrase.en))
    assert vi == en
    assert phrase.vi
    assert phrase.en


@pytest.mark.parametrize("said", [*COMMANDS, *re.findall(r"bamsat [a-z]+ [a-z]+", str(PHRASES))])
def test_every_command_that_a_screen_names_exists(said):
    for line in said.split(" && "):
        command, (_, *words) = cli, shlex.split(line)
        for word in words:
            if isinstance(command, click.Group):
                command = command.get_command(click.Context(command), word)
                assert command is not None, f"{word} in {line}"


def test_what_is_filled_in_is_not_filled_in_again():
    say = phrases.speaker("vi")
    assert say(phrases.CELL_DUE, due="{0.__class__} " + HOSTILE) == "Hạn: {0.__class__} " + HOSTILE + "."

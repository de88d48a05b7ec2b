"""`leadline completion`: the script that makes a shell complete commands, options and choices."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from leadline.commands.choices import Choice
from leadline.commands.usage import examples

_HELP = """Print the script that makes a SHELL complete leadline.

\b
bash: eval "$(leadline completion bash)"            in ~/.bashrc
zsh:  eval "$(leadline completion zsh)"             in ~/.zshrc, below compinit
fish: leadline completion fish | source             in ~/.config/fish/config.fish
"""


@click.command(help=_HELP, epilog=examples("leadline completion bash >> ~/.bash_completion"))
@click.argument("shell", type=Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print click's completion script."""
    from leadline.commands import group

    script_of = get_completion_class(shell)
    assert script_of is not None, "click knows these shells"
    click.echo(script_of(group, {}, "leadline", "_LEADLINE_COMPLETE").source())

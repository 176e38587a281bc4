"""The arguments of each command."""

from __future__ import annotations

import argparse
import os
from functools import partial
from pathlib import Path
from typing import NoReturn

from convert.cli.config import CHOICES, configured
from convert.cli.selection import codes
from convert.errors import UsageError

_DOES = {
    "convert": "Convert US diplomatic cables to TEI, Word and PDF; every marking kept, and proved.",
    "check": "Report what there is to say about cables; nothing is written.",
    "marking": "Say what markings mean, and how the register writes them.",
    "show": "Show line by line how a cable was understood, and what was left out and why.",
    "verify": "Compare a converted document with the cable that it was made from.",
    "explain": "Explain a finding's code: what it means, why, and what to do.",
    "formats": "List what can be read and written.",
    "schema": "Print a schema: of what `show --json` prints, or of the TEI.",
}
_COMMANDS = """\
commands (the first argument is one of these words, else an input):
  convert   what happens without a command word
  check     findings only, nothing is written
  marking   what a marking means: cable-convert marking '(S//REL UK, AUS)'
  show      how each line was understood; --json: the representation
  verify    compare a document with its source
  explain   what a code means: cable-convert explain MK010
  formats   what can be read and written
  schema    the JSON Schema of the representation; schema tei: the RELAX NG of the TEI

exit codes: 0 done; 1 findings at or above --fail-on (documents were written); 2 usage; 3 an input
cannot be read; 4 refused (--strict); 5 a document failed verification; 6 cannot
write; 70 a defect of cable-convert; 130 interrupted. With several inputs: the worst of theirs."""


SCHEMAS = {
    "tei": "cable.rng",
    "tei-ism": "cable-ism.rng",
    "tei-odd": "cable.odd",
    "tei-rnc": "cable.rnc",
    "tei-header": "tei-header.xml",
}

_CONFIGURED = ("convert", "check")
_DEFAULTS: dict[str, object] = {
    "form": None,
    "select": (),
    "ignore": (),
    "fail_on": "error",
    "coverage": 0.0,
    "format": "text",
    "page": "letter",
    "tei_header": None,
    "tei_profile": "",
    "style": "house",
    "plain_banner": False,
    "attach_source": "",
    "pdf2": False,
    "fonts": (),
    "template": None,
    "jobs": 1,
    "on_conflict": "overwrite",
    "strict": False,
}


class _Parser(argparse.ArgumentParser):
    # An argument is added by way of a formatter, and each asks how wide the terminal is: only for a
    # help text that is worth loading shutil.
    def format_help(self) -> str:
        self.formatter_class = argparse.RawDescriptionHelpFormatter
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, f"See {self.prog} --help.")


def parse(command: str, arguments: list[str], *, bare: bool) -> argparse.Namespace:
    """The arguments of a command; UsageError if they are wrong."""
    parser = _Parser(
        prog="cable-convert" if bare else f"cable-convert {command}",
        description=_DOES[command],
        epilog=_COMMANDS if bare else None,
        formatter_class=partial(argparse.HelpFormatter, width=80),
        allow_abbrev=False,
    )
    _ADD[command](parser)
    parser.add_argument(
        "--traceback", action="store_true", help="show where a defect of cable-convert happened"
    )
    if bare:
        parser.add_argument("-V", "--version", action="store_true", help="print the version")
    asked = parser.parse_args(arguments)
    if command in _CONFIGURED:
        _settle(asked)
    return asked


def _settle(asked: argparse.Namespace) -> None:
    """What the command line leaves open: from the configuration, else the default."""
    kept = {} if asked.no_config else configured(Path.cwd(), asked.config)
    for name, default in _DEFAULTS.items():
        if getattr(asked, name, default) is None:
            setattr(asked, name, kept.get(name, default))
    asked.jobs = asked.jobs or os.cpu_count() or 1


def _convert(parser: argparse.ArgumentParser) -> None:
    _inputs(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE|FOLDER",
        help="where to write: a file for one document (its name tells the format), else a folder; "
        "- is standard output (default: the current folder)",
    )  # fmt: skip
    parser.add_argument(
        "-t", "--to", metavar="FORMAT[,FORMAT]", type=_formats, default=[], action="extend",
        help="formats to write (default: tei,docx,pdf); one input and one format without -o go to "
        "standard output",
    )  # fmt: skip
    parser.add_argument(
        "--page", choices=CHOICES["page"], default=None, help="paper (default: letter)"
    )
    _design(parser)
    parser.add_argument(
        "--corpus", metavar="FILE",
        help="all inputs in one file: a teiCorpus, or with -t cmif an index of the correspondence",
    )  # fmt: skip
    parser.add_argument(
        "--tei-profile", choices=CHOICES["tei-profile"], default=None,
        help="TEI of another kind: frus, a document of Foreign Relations; ism, ISM attributes too",
    )  # fmt: skip
    parser.add_argument(
        "--fragment", action="store_true", help="of the profile frus: the div alone"
    )
    parser.add_argument(
        "--tei-header", metavar="FILE", default=None,
        help="your own publisher, licence, project: a teiHeader (`schema tei-header` prints one)",
    )  # fmt: skip
    parser.add_argument(
        "--template", metavar="DOCX", default=None,
        help="a Word file whose styles, headers and footers Word documents get (default: the "
        "house's own); its paper is kept",
    )  # fmt: skip
    parser.add_argument(
        "--strict", action=argparse.BooleanOptionalAction, default=None,
        help="write nothing for a cable with an error, as an unreadable marking, or without one of "
        "its sections",
    )  # fmt: skip
    parser.add_argument(
        "--on-conflict", choices=CHOICES["on-conflict"], default=None,
        help="what to do when a document exists (default: overwrite)",
    )  # fmt: skip
    _run(parser)
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="report errors only, on standard error"
    )


def _design(parser: argparse.ArgumentParser) -> None:
    """What the PDF looks like, and what kind of file it is."""
    parser.add_argument(
        "--style", choices=CHOICES["style"], default=None,
        help="design of the PDF; facsimile: all in the type of a teleprinter; declassified: the "
        "release stamp on top and the banner struck out, where the source says that it was "
        "released (default: house)",
    )  # fmt: skip
    parser.add_argument(
        "--plain-banner", action=argparse.BooleanOptionalAction, default=None,
        help="banners black on white in the PDF",
    )  # fmt: skip
    parser.add_argument(
        "--attach-source", choices=CHOICES["attach-source"], default=None,
        help="carry the TEI document or the source text inside the PDF, which is PDF/A-3a then",
    )  # fmt: skip
    parser.add_argument(
        "--pdf2", action=argparse.BooleanOptionalAction, default=None,
        help="PDF/A-4f and PDF/UA-2 (PDF 2.0) with the TEI document inside, instead of PDF/A-2a "
        "and PDF/UA-1",
    )  # fmt: skip
    parser.add_argument(
        "--font", metavar="FILE", action="append", default=None, dest="fonts",
        help="a TrueType font for characters that the house's fonts lack; may be repeated",
    )  # fmt: skip


def _check(parser: argparse.ArgumentParser) -> None:
    _inputs(parser)
    parser.add_argument(
        "--format", choices=CHOICES["format"], default=None,
        help="how findings are printed; sarif and github: for code scanning and annotations on "
        "GitHub; junit: for test reports (default: text)",
    )  # fmt: skip
    parser.add_argument(
        "--json", action="store_const", dest="format", const="jsonl", help="short for jsonl"
    )
    _run(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="report errors only")


def _marking(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "markings",
        metavar="MARKING",
        nargs="*",
        help="a marking (default: lines of standard input)",
    )
    parser.add_argument(
        "--kind", choices=("portion", "banner", "caption", "line", "auto"), default="auto",
        help="what it is: a portion's mark, a classification line, a caption line, another line of "
        "the heading (default: auto)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument(
        "--rollup", action="store_true", help="at the end, the banner that the portions make"
    )


def _show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "input",
        metavar="INPUT",
        nargs="?",
        help="a cable; - is standard input, as is none in a pipe",
    )
    _from(parser)
    parser.add_argument("--json", action="store_true", help="the representation as JSON")


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("output", metavar="OUTPUT", help="a document made by cable-convert")
    parser.add_argument(
        "--source",
        metavar="SOURCE",
        help="the cable, of a teiCorpus the folder of them; - is standard input (without it: "
        "whether a TEI document is valid)",
    )
    _from(parser)
    parser.add_argument(
        "-t", "--to", metavar="FORMAT", help="its format, if its name does not tell"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="report differences only")


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", nargs="*", help="a code: MK010 (default: list all)")


def _schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name", metavar="NAME", nargs="?", choices=("json", *SCHEMAS), default="json",
        help=f"json (default), or of the TEI: {', '.join(SCHEMAS)}",
    )  # fmt: skip


def _nothing(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


_ADD = {
    "convert": _convert,
    "check": _check,
    "marking": _marking,
    "show": _show,
    "verify": _verify,
    "explain": _explain,
    "formats": _nothing,
    "schema": _schema,
}


def _from(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-f", "--from", dest="form", metavar="FORM", type=str.lower,
        help="read as this form (default: as what the lines tell; `formats` lists the forms); "
        "of several, `telex,auto`, the first that knows the text, auto for the built-in ones",
    )  # fmt: skip


def _inputs(parser: argparse.ArgumentParser) -> None:
    _from(parser)
    gather = parser.add_mutually_exclusive_group()
    gather.add_argument(
        "--split", action="store_const", dest="gather", const="split",
        help="cut each input into its messages, each with documents of its own: cables-1.pdf",
    )  # fmt: skip
    gather.add_argument(
        "--assemble", action="store_const", dest="gather", const="assemble",
        help="the same, and put together the sections of a message from all inputs, in any order",
    )  # fmt: skip
    parser.add_argument(
        "inputs", metavar="INPUT", nargs="*",
        help="a cable, a folder (all .txt, .html, .xml, .docx below it), a pattern, or - (stdin); "
        "none in a pipe: the same as -",
    )  # fmt: skip


def _run(parser: argparse.ArgumentParser) -> None:
    """What the commands share that work through many cables."""
    for name, what in (("select", "look at these findings only"), ("ignore", "leave these out")):
        parser.add_argument(
            f"--{name}", metavar="CODE[,CODE]", type=_codes, default=None, action="extend",
            help=f"{what}: codes or their beginnings, MK010 or MK; the longer one decides",
        )  # fmt: skip
    parser.add_argument(
        "--fail-on", choices=CHOICES["fail-on"], default=None,
        help="the least severity that makes the exit code 1 (default: error)",
    )  # fmt: skip
    parser.add_argument(
        "--fail-under-coverage", metavar="PERCENT", type=_percent, default=None, dest="coverage",
        help="report an error where less of a source was recognised (default: 0)",
    )  # fmt: skip
    parser.add_argument(
        "-j", "--jobs", metavar="N", type=_jobs, default=None,
        help="work on N cables at a time; 0: one for each processor (default: 1)",
    )  # fmt: skip
    parser.add_argument(
        "--config", metavar="FILE",
        help="settings (default: cable-convert.toml or [tool.cable-convert] of pyproject.toml, "
        "here or in a folder above)",
    )  # fmt: skip
    parser.add_argument("--no-config", action="store_true", help="look for no settings")


def _formats(text: str) -> tuple[str, ...]:
    names = tuple(name.strip().lower() for name in text.split(",") if name.strip())
    if not names:
        raise argparse.ArgumentTypeError("no format named")
    return names


def _codes(text: str) -> tuple[str, ...]:
    found = codes(text.split(","))
    if not found:
        raise argparse.ArgumentTypeError("no code named")
    return found


def _percent(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 100:
        raise argparse.ArgumentTypeError(f"not a percentage: {text}")
    return share


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"not a number of jobs: {text}")
    return int(text) or os.cpu_count() or 1

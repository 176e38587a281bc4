"""Many cables in one file: a ``teiCorpus``, or an index of their correspondence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from convert.job import Job, Outcome, Settings, keep, store
from convert.model.transcript import transcript
from convert.writer.tei.template import read_template

if TYPE_CHECKING:
    from convert.model.cable import Cable
    from convert.verify.compare import Difference


def collect(
    jobs: Sequence[Job], settings: Settings, target: Path, format: str
) -> Iterator[Outcome]:
    """The outcome of each reading, then that of the file, which has all that could be read.

    ``format``: "tei" or "cmif".
    """
    cables: list[Cable] = []
    for job in jobs:
        yield keep(job, settings, cables)
    if cables:
        yield store(target, format, lambda: _made(cables, settings, format), settings)


def _made(
    cables: Sequence[Cable], settings: Settings, format: str
) -> tuple[bytes, list[Difference]]:
    template = read_template(settings.options.tei_header)
    expected = [transcript(cable) for cable in cables]
    if format == "cmif":
        from convert.verify.cmif import check_all
        from convert.writer.cmif import index

        data = index(cables, template)
        return data, check_all(data, expected)
    from convert.verify.tei import check_corpus
    from convert.writer.tei.corpus import corpus

    data = corpus(cables, template, is_ism=settings.options.tei_profile == "ism")
    return data, check_corpus(data, expected)

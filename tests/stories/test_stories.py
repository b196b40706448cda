"""Stories of weeks and months: who is written to, when, of what and how, and that nobody hears anything else.

Each story is played pass by pass through the real command on a virtual clock. What it tells of, what the
report says and what arrived in Teams and by mail must be the same after every single pass.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.judgement import Judge
from tests.stories.stage import play
from tests.stories.story_file import load_story

FILES = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_pass_sends_what_the_story_tells_and_nothing_else(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    story = load_story(path)
    judge = Judge(story)
    faults = [
        f"{moment.at:%a %d %b %H:%M}  {fault}"
        for moment, seen in play(story, tmp_path)
        for fault in judge.faults(moment, seen)
    ]
    if faults:
        pytest.fail("\n".join([f"{path.stem}: {len(faults)} differences", *faults]), pytrace=False)

"""Which files changed: however they were written, wherever they really are."""

import asyncio
import os
import shutil
import time
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import pytest
from wijk.watching import Watch

DEADLINE = 10.0


def written(path: Path, text: str = "one") -> Path:
    """A file with this in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def settled(path: Path) -> Path:
    """A file that was not written just now: another writing shows in its times."""
    while time.time() - path.stat().st_ctime < 0.03:
        time.sleep(0.01)
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder of files, with a folder below it."""
    written(tmp_path / "home" / "a.ttl")
    settled(written(tmp_path / "home" / "below" / "b.ttl"))
    return tmp_path / "home"


def told(watch: Watch, mark: Path, happen: Callable[[], object], *wanted: Path) -> set[Path]:
    """What a watch tells until all that is wanted was told; a mark shows that it is looking."""

    async def scenario() -> set[Path]:
        async with asyncio.timeout(DEADLINE), aclosing(watch.changes()) as changes:
            written(mark, "now")
            while mark not in await anext(changes):
                pass
            happen()
            found: set[Path] = set()
            while not found.issuperset(wanted):
                found |= await anext(changes)
            return found - {mark}

    return asyncio.run(scenario())


def test_a_file_that_is_written_is_told_and_its_neighbours_are_not(home: Path) -> None:
    file, mark = home / "a.ttl", home / "mark"
    watch = Watch(every=0.1, files=[file, mark])

    def happen() -> None:
        written(home / "neighbour.ttl")
        written(file, "two")

    assert told(watch, mark, happen, file) == {file}


def test_what_happened_since_the_watch_was_made_is_told(home: Path) -> None:
    file, mark = home / "a.ttl", home / "mark"
    watch = Watch(every=0.1, files=[file, mark])
    written(file, "two")

    async def first() -> set[Path]:
        found: set[Path] = set()
        async with asyncio.timeout(DEADLINE), aclosing(watch.changes()) as changes:
            while file not in found:
                found |= await anext(changes)
        return found

    assert asyncio.run(first()) == {file}


def test_a_file_of_the_same_size_and_time_that_takes_its_place_is_told(home: Path) -> None:
    file, mark = home / "a.ttl", home / "mark"
    watch = Watch(every=0.1, files=[file, mark])

    def happen() -> None:
        other = written(home / "a.ttl~", "two")
        shutil.copystat(file, other)
        other.replace(file)

    assert told(watch, mark, happen, file) == {file}


def test_a_file_that_goes_away_and_comes_back_is_told_twice(home: Path) -> None:
    file, mark = home / "a.ttl", home / "mark"
    watch = Watch(every=0.1, files=[file, mark])
    assert told(watch, mark, file.unlink, file) == {file}
    assert told(watch, mark, lambda: written(file), file) == {file}


def test_a_file_whose_folder_goes_away_and_comes_back_is_told(home: Path) -> None:
    file, mark = home / "below" / "b.ttl", home / "mark"
    watch = Watch(every=0.1, files=[file, mark])
    assert told(watch, mark, lambda: shutil.rmtree(file.parent), file) == {file}
    assert told(watch, mark, lambda: written(file), file) == {file}
    assert told(watch, mark, lambda: written(file, "again"), file) == {file}


def test_a_file_that_is_not_there_yet_is_told_when_it_comes(home: Path) -> None:
    file, mark = home / "new" / "c.ttl", home / "mark"
    assert told(Watch(every=0.1, files=[file, mark]), mark, lambda: written(file), file) == {file}


def test_a_link_is_told_when_its_target_changes_or_is_another_one(home: Path) -> None:
    first, second = written(home / "1" / "a.ttl"), settled(written(home / "2" / "a.ttl"))
    (home / "current").symlink_to("1")
    file, mark = home / "current" / "a.ttl", home / "mark"
    watch = Watch(every=0.1, files=[file, mark])

    def exchange() -> None:
        (home / "next").symlink_to("2")
        os.replace(home / "next", home / "current")

    assert told(watch, mark, lambda: written(first, "two"), file) == {file}
    assert told(watch, mark, exchange, file) == {file}
    assert told(watch, mark, lambda: written(second, "two"), file) == {file}


def test_whatever_happens_below_a_folder_is_told_with_its_file(home: Path) -> None:
    mark = home / "mark"
    watch = Watch(every=0.1, folders=[home])
    one, two = home / "a.ttl", home / "below" / "b.ttl"
    new = home / "new" / "deep" / "c.ttl"
    moved = home / "moved" / "deep" / "c.ttl"

    def happen() -> None:
        written(one, "two")
        two.rename(home / "c.ttl")

    assert told(watch, mark, happen, one, two, home / "c.ttl") == {one, two, home / "c.ttl"}
    assert told(watch, mark, lambda: written(new), new) == {new}
    assert told(watch, mark, lambda: (home / "new").rename(home / "moved"), new, moved) == {
        *(new, moved),
    }
    assert told(watch, mark, lambda: shutil.rmtree(home / "moved"), moved) == {moved}


def test_a_folder_that_is_exchanged_for_another_is_looked_at_again(home: Path) -> None:
    other = written(home.parent / "other" / "below" / "c.ttl").parents[1]
    gone, come = home / "below" / "b.ttl", home / "below" / "c.ttl"
    watch, mark = Watch(every=0.1, folders=[home]), home / "mark"

    def exchange() -> None:
        home.rename(home.parent / "old")
        other.rename(home)

    assert told(watch, mark, exchange, gone, come) >= {gone, come}
    assert told(watch, mark, lambda: written(come, "two"), come) == {come}


def test_many_changes_at_once_are_all_told(home: Path) -> None:
    mark = home / "mark"
    files = [home / "many" / f"{number}.ttl" for number in range(500)]

    def happen() -> None:
        for file in files:
            written(file)

    assert told(Watch(every=0.1, folders=[home]), mark, happen, *files) == set(files)


def test_what_came_and_went_before_anybody_looked_is_not_told(home: Path) -> None:
    file, mark = home / "a.ttl", home / "mark"

    def happen() -> None:
        written(home / "a.ttl.swp").unlink()
        written(file, "two")

    assert told(Watch(every=0.1, folders=[home]), mark, happen, file) == {file}


def test_the_system_tells_long_before_it_is_time_to_look(home: Path) -> None:
    file = home / "a.ttl"
    watch = Watch(files=[file], every=60)

    async def scenario() -> None:
        async with asyncio.timeout(DEADLINE), aclosing(watch.changes()) as changes:
            for told in range(3):  # the first may be found by looking at the beginning
                following = asyncio.ensure_future(anext(changes))
                while not following.done():
                    written(file, f"{told} {time.monotonic()}")
                    await asyncio.wait([following], timeout=0.1)
                assert await following == {file}

    asyncio.run(scenario())


def test_without_the_systems_help_looking_is_enough(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("watchfiles.awatch", none_left)
    file, mark = home / "a.ttl", home / "mark"
    watch = Watch(folders=[home], every=0.05)
    assert told(watch, mark, lambda: written(file, "two"), file) == {file}


def test_files_and_folders_take_a_watch_each(home: Path) -> None:
    with pytest.raises(ValueError, match="files or folders"):
        Watch(files=[home / "a.ttl"], folders=[home])

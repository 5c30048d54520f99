"""The goals, and the tables of a run as Markdown."""

import math
import os
import platform
import statistics
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from measure import Measured

Sizes = Mapping[int, Mapping[str, Measured]]
_MIXES = ("nothing repeats", "half repeats")


@dataclass(frozen=True)
class Goal:
    """What was aimed for, what was measured, and whether that is enough."""

    size: int
    goal: str
    measured: str
    met: bool


def machine() -> str:
    """What it was measured on, and how busy that was with other things before."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("oxigraph", "rdflib", "uvicorn"))
    load = os.getloadavg()[0]
    busy = f"load {load:.1f} before the run" + (": not a quiet machine" if load > 0.5 else "")
    return (
        f"{date.today()}; {os.cpu_count()} processors, {platform.machine()}, "
        f"Python {platform.python_version()}, {versions}; {busy}.\n"
    )


def goals(inside: Mapping[int, Mapping[str, float]], sizes: Sizes) -> list[Goal]:
    """All goals of which something was measured."""
    found: list[Goal] = []
    for size, servers in sizes.items():
        if (ours := servers.get("wijk")) is not None:
            found += [*_alone(size, ours, inside[size]), *_beside(size, ours, servers)]
            found += [*_start(size, ours), *_limits(size, ours)]
    return found


def _alone(size: int, ours: Measured, inside: Mapping[str, float]) -> Iterator[Goal]:
    names = [name for name in inside if name in ours.queries]
    if not names:
        return
    over = {name: ours.queries[name].p50 - 1.2 * inside[name] for name in names}
    worst = max(over, key=lambda name: over[name])
    middle = statistics.median(over.values())
    yield Goal(
        size,
        "each anchored query, one client: p50 ≤ 1.2 x in process + 0.6 ms",
        f"1.2 x + {over[worst]:.2f} ms ({worst}); in the middle + {middle:.2f} ms",
        over[worst] <= 0.6,
    )


def _beside(size: int, ours: Measured, servers: Mapping[str, Measured]) -> Iterator[Goal]:
    aims = {
        ("oxigraph", "nothing repeats"): 0.6,
        ("oxigraph", "half repeats"): 1.0,
        ("virtuoso", "nothing repeats"): 5.0,
        ("rdflib", "nothing repeats"): 20.0,
    }
    for (peer, kind), aim in aims.items():
        name = f"{kind}, 8 clients"
        if peer in servers and name in ours.mixes and name in servers[peer].mixes:
            ratio = ours.mixes[name].rate / servers[peer].mixes[name].rate
            told = f"anchored mix, {name}: ≥ {aim:g} x {peer}"
            yield Goal(size, told, f"{ratio:.2f} x", ratio >= aim)
    if "virtuoso" in servers:
        yield from _no_slower(size, ours, servers["virtuoso"])


def _no_slower(size: int, ours: Measured, peer: Measured) -> Iterator[Goal]:
    both = [name for name in ours.queries if name in peer.queries and name not in ("", "scans")]
    ratios = {name: ours.queries[name].p50 / peer.queries[name].p50 for name in both}
    if not ratios:
        return
    slower = sorted((name for name in both if ratios[name] > 1), key=lambda name: -ratios[name])
    told = ", ".join(f"{name} {ratios[name]:.1f} x" for name in slower[:8]) or "none"
    yield Goal(
        size,
        "no query slower than virtuoso",
        f"{len(slower)} of {len(both)} slower: {told}",
        not slower,
    )


def _start(size: int, ours: Measured) -> Iterator[Goal]:
    aims = {29: 1.0, 10_000: 6.0}
    if size in aims:
        told = f"start to first answer ≤ {aims[size]:g} s"
        yield Goal(size, told, f"{ours.started:.2f} s", ours.started <= aims[size])
        if ours.again:
            told += ", data that were checked before"
            yield Goal(size, told, f"{ours.again:.2f} s", ours.again <= aims[size])
    if ours.change:
        aim = 1.0 if size <= 29 else 3.0
        told = f"a changed document is live ≤ {aim:g} s"
        yield Goal(size, told, f"{ours.change:.2f} s", ours.change <= aim)


def _limits(size: int, ours: Measured) -> Iterator[Goal]:
    if ours.memory and ours.triples and size >= 10_000:
        each = ours.memory / ours.triples
        yield Goal(size, "memory ≤ 600 bytes a triple", f"{each:.0f} bytes", each <= 600)
    if ours.runaway:
        limit, told, gone = ours.runaway
        shown = f"refused after {told:.2f} s, gone after {gone:.2f} s, limit {limit:g} s"
        yield Goal(size, "a runaway is gone within its limit + 0.2 s", shown, gone <= limit + 0.2)


def tables(
    inside: Mapping[int, Mapping[str, float]], sizes: Sizes, missing: Iterable[str]
) -> Iterator[str]:
    """The run as Markdown: goals first, then what they come from."""
    yield "| cases | goal | measured | met |\n| ---: | --- | --- | --- |"
    for goal in goals(inside, sizes):
        met = "yes" if goal.met else "**no**"
        yield f"| {goal.size:,} | {goal.goal} | {goal.measured} | {met} |"
    for size, servers in sizes.items():
        yield from _servers(size, servers)
        yield from _mixed(servers)
        yield from _queries(servers, inside.get(size, {}), size == max(sizes))
    for line in missing:
        yield f"\nNot measured: {line}."


def _servers(size: int, servers: Mapping[str, Measured]) -> Iterator[str]:
    triples = max((found.triples for found in servers.values()), default=0)
    yield f"\n### {size:,} cases, {triples:,} triples\n"
    yield "| | start to first answer, s | load, s | memory, MB | bytes a triple | answers agree |"
    yield "| --- | ---: | ---: | ---: | ---: | --- |"
    for name, found in servers.items():
        wrong = [f"{query}: {said}" for query, said in found.agree.items() if said != "yes"]
        agree = f"{len(found.agree) - len(wrong)} of {len(found.agree)}"
        memory, each = found.memory / 2**20, found.memory / max(1, found.triples)
        loaded = f"{found.loaded:.1f}" if found.loaded else ""
        yield f"| {name} | {found.started:.2f} | {loaded} | {memory:.0f} | {each:.0f} | {agree} |"
    for name, found in servers.items():
        wrong = [f"{query} ({said})" for query, said in found.agree.items() if said != "yes"]
        if wrong:
            yield f"\nWhere {name} does not agree: {', '.join(wrong)}."


def _mixed(servers: Mapping[str, Measured]) -> Iterator[str]:
    names = [name for found in servers.values() for name in found.mixes]
    yield "\nRequests a second; p50 / p95 in ms (share of one processor the clients took):\n"
    yield f"| anchored mix | {' | '.join(servers)} |"
    yield f"| --- |{' ---: |' * len(servers)}"
    for name in dict.fromkeys(names):
        cells = []
        for found in servers.values():
            one = found.mixes.get(name)
            failed = f", {one.failed} failed" if one and one.failed else ""
            cells.append(
                f"{one.rate:,.0f}; {one.p50:.1f} / {one.p95:.1f} ({one.client_share:.0%}){failed}"
                if one
                else ""
            )
        yield f"| {name} | {' | '.join(cells)} |"


def _queries(
    servers: Mapping[str, Measured], inside: Mapping[str, float], every: bool
) -> Iterator[str]:
    """All queries at the largest size; below it the anchored ones, for a page has an end."""
    asked = dict.fromkeys(name for found in servers.values() for name in found.queries)
    names = [name for name in asked if every or name in inside]
    yield "\nOne client, p50 in ms:\n"
    yield f"| query | in process | {' | '.join(servers)} |"
    yield f"| --- | ---: |{' ---: |' * len(servers)}"
    for name in names:
        cells = [_ms(inside.get(name))]
        cells += [
            _ms(found.queries[name].p50 if name in found.queries else None)
            for found in servers.values()
        ]
        yield f"| {name} | {' | '.join(cells)} |"


def _ms(value: float | None) -> str:
    if value is None or math.isinf(value):
        return ""
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"

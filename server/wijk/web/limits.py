"""What an operator chose as limits, as those who keep them take it."""

import resource

from wijk.engine import gate
from wijk.engine.embedded import EngineLimits
from wijk.settings import Settings
from wijk.web.api.working import TableLimits
from wijk.web.http import HttpLimits

_OTHER_FILES = 512


def of_engine(settings: Settings) -> EngineLimits:
    """For the engine."""
    return EngineLimits(
        seconds=settings.query_timeout,
        answer=settings.answer_limit,
        memory=settings.memory_limit,
        at_once=settings.queries_at_once,
        queue=settings.queue,
        queue_seconds=settings.queue_seconds,
        query=of_gate(settings),
    )


def of_gate(settings: Settings) -> gate.Limits:
    """For the text of queries."""
    return gate.Limits(
        text=settings.text_limit,
        by_get=settings.text_limit_get,
        tokens=settings.token_limit,
        depth=settings.depth_limit,
        chains=settings.chain_limit,
    )


def of_http(settings: Settings) -> HttpLimits:
    """For connections."""
    return HttpLimits(
        head_seconds=settings.header_timeout,
        body_seconds=settings.body_timeout,
        send_seconds=settings.send_timeout,
        connections=settings.connections,
        head=3 * settings.text_limit_get + 64 * 1024,  # percent-encoded, and the fields
    )


def of_tables(settings: Settings) -> TableLimits:
    """For tables that are joined."""
    return TableLimits(settings.table_limit, settings.answer_limit, settings.tables_at_once)


def make_room(connections: int) -> None:
    """Let this process have a file for each connection, as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _OTHER_FILES
    if soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))

"""Answers given before, as long as the graph is the same."""

from collections import OrderedDict
from dataclasses import replace

from wijk.engine import Answer, Ask

Key = tuple[object, ...]


class Cache:
    """The last answers, up to so many bytes together."""

    def __init__(self, size: int, largest: int) -> None:
        self._size = size
        self._largest = largest
        self._held = 0
        self.hits = self.misses = 0
        self._answers: OrderedDict[Key, Answer] = OrderedDict()

    @staticmethod
    def key(digest: str, ask: Ask) -> Key:
        """What makes two questions the same."""
        bindings = tuple(sorted(ask.bindings.items()))
        return (
            *(digest, ask.text, ask.media_type, ask.default_graphs, ask.named_graphs, ask.limit),
            ask.whole,
            bindings,
        )

    def get(self, key: Key) -> Answer | None:
        """The answer, if it is still here."""
        answer = self._answers.get(key)
        if answer is None:
            self.misses += 1
        else:
            self.hits += 1
            self._answers.move_to_end(key)
        return answer

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer; the ones not asked for longest make room."""
        cost = _cost(key, answer)
        if cost > self._largest or key in self._answers:
            return
        self._answers[key] = answer = replace(answer, kept=True)
        self._held += cost
        while self._held > self._size:
            self._held -= _cost(*self._answers.popitem(last=False))

    def __len__(self) -> int:
        return len(self._answers)

    @property
    def held(self) -> int:
        """How many bytes the answers take, with what they were answers to."""
        return self._held

    def clear(self) -> None:
        """Forget everything: the graph is another one."""
        self._answers.clear()
        self._held = 0


def _cost(key: Key, answer: Answer) -> int:
    return len(answer.body) + sum(len(str(part)) for part in key) + 500

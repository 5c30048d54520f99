"""How often something may be done: so many times, and then again after a while."""

from collections import OrderedDict
from collections.abc import Callable


class Rate:
    """For each of those who ask: `most` times at once, and that many again each `seconds`.

    The clock gives seconds that only rise. Of who asked longest ago is known no more when there
    are too many of them.
    """

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float], who: int = 10_000
    ) -> None:
        self._most = most
        self._each = seconds / most
        self._clock = clock
        self._who = who
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def taken(self, who: str) -> float:
        """Do it once: 0 when that may be, else in how many seconds it may (and it is not done)."""
        now = self._clock()
        left, since = self._left.pop(who, (float(self._most), now))
        left = min(float(self._most), left + (now - since) / self._each)
        may = left >= 1
        self._left[who] = (left - 1 if may else left, now)
        while len(self._left) > self._who:
            self._left.popitem(last=False)
        return 0.0 if may else (1 - left) * self._each

    def back(self, who: str) -> None:
        """What was done a moment ago does not count after all."""
        left, since = self._left.get(who, (float(self._most), self._clock()))
        self._left[who] = (min(float(self._most), left + 1), since)

"""The rules of stale law of our own content, for tests that ask what they find."""

from dataclasses import dataclass
from functools import cache

import yaml

from app.catalog.staleness import StaleRule
from app.config import PROJECT
from app.reading.loader import stale_rules
from app.stale import StaleClaim
from app.stale import stale_claims as claims_by


@cache
def our_rules() -> tuple[StaleRule, ...]:
    return stale_rules(PROJECT / "content")


def our_kinds() -> list[StaleRule]:
    """One rule of each kind: what they say is right is the same, however it is got wrong."""
    return list({rule.id: rule for rule in our_rules()}.values())


def stale_claims(text: str) -> list[StaleClaim]:
    """Every stale claim in `text` by the rules of our content."""
    return claims_by(text, our_rules())


@dataclass(frozen=True)
class SentenceSet:
    """Sentences to measure the rules by: wrong ones to be found, right ones to be left alone."""

    name: str
    wrong: tuple[str, ...]
    right: tuple[str, ...]

    def missed(self) -> list[str]:
        return [sentence for sentence in self.wrong if not stale_claims(sentence)]

    def flagged(self) -> list[str]:
        return [sentence for sentence in self.right if stale_claims(sentence)]


@cache
def sentence_sets() -> tuple[SentenceSet, ...]:
    """`tests/stale_sentences.yaml`, each set by itself."""
    path = PROJECT / "tests" / "stale_sentences.yaml"
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    sets = [
        SentenceSet(
            name,
            tuple(one for kind in held["kinds"] for one in kind["wrong"][name]),
            tuple(one for kind in held["kinds"] for one in kind["right"][name]),
        )
        for name in ("seen", "held")
    ]
    later = held["later"].items()
    sets += [SentenceSet(name, tuple(one["wrong"]), tuple(one["right"])) for name, one in later]
    return tuple(sets)

"""How much stale law the rules find, and how much right law they flag: each set by itself."""

from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region
from tests.stale import sentence_sets


def run(region: Region | None = None) -> list[Figure]:
    figures = []
    for one in sentence_sets():
        missed, flagged = one.missed(), one.flagged()
        print("\n".join([f"{one.name}:", *(f"  missed   {sentence}" for sentence in missed)]))
        print("\n".join(f"  flagged  {sentence}" for sentence in flagged))
        found = len(one.wrong) - len(missed)
        figures += [
            Figure(f"stale, {one.name}: found", found, "sentences", len(one.wrong)),
            Figure(
                f"stale, {one.name}: flagged in vain", len(flagged), "sentences", len(one.right)
            ),
        ]
    return figures

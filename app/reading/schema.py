"""The front matter of each sort of content file, key by key."""

from app.catalog.terms import (
    Confidence,
    Facet,
    Footing,
    Kind,
    PersonStatus,
    Phase,
    Pressure,
    Reader,
    Status,
    Topic,
    ValueKind,
    Verdict,
    Violation,
)
from app.reading.lines import Lines, Named, Placed
from app.reading.shapes import (
    Anchor,
    Cite,
    Day,
    Edition,
    Flag,
    ListOf,
    Maybe,
    OneOf,
    Pairs,
    Shape,
    Slug,
    Source,
    Table,
    Text,
    Typed,
    Whole,
)
from app.stale.composing import is_built_in

PROVISION = Table(
    {
        "id": Anchor,
        "label": Text(),
        "text": Text(),
        "confidence": OneOf(Confidence),
        "sanction": Maybe(Text()),
    }
)

REGULATION = Table(
    {
        "id": Slug,
        "title": Text(),
        "short": Text(),
        "kind": OneOf(Kind),
        "number": Maybe(Text()),
        "year": Maybe(Whole(1945, 2100)),
        "signed_on": Maybe(Day()),
        "in_force_from": Maybe(Day()),
        "repealed_on": Maybe(Day()),
        "repealed_by": Maybe(Slug),
        "status_note": Maybe(Text()),
        "disputed": Maybe(Text()),
        "confidence": OneOf(Confidence),
        "checked_on": Day(),
        "read_whole_on": Maybe(Day()),
        "source": Maybe(Source),
        "provisions": ListOf(PROVISION),
    }
)

VERDICT = Table(
    {
        "phase": OneOf(Phase),
        "for": Maybe(ListOf(OneOf(PersonStatus))),
        "verdict": OneOf(Verdict),
        "violation": OneOf(Violation),
        "cites": ListOf(Cite(), least=0),
        "note": Maybe(Text()),
    }
)

SCENARIO = Table(
    {
        "id": Slug,
        "topic": OneOf(Topic),
        "question": Text(),
        "act": Maybe(Text()),
        "twin": Maybe(Slug),
        "facets": Maybe(Table({facet: Maybe(Text()) for facet in Facet})),
        "applies_to": ListOf(OneOf(PersonStatus)),
        "verdicts": ListOf(VERDICT),
        "confidence": OneOf(Footing),
        "pressure": OneOf(Pressure),
        "difficulty": Whole(1, 3),
        "asked_like": ListOf(Text()),
        "author": Text(),
        "reviewer": Maybe(Text()),
        "reviewed_on": Maybe(Day()),
        "status": Maybe(OneOf(Status)),
    }
)

DRAW = Table(
    {
        "topic": ListOf(OneOf(Topic), lone=True),
        "count": Whole(1, 100),
        "phase": Maybe(OneOf(Phase)),
        "difficulty": Maybe(Whole(1, 3)),
    }
)

#: The only floor a paper may be given: judgement, not fear.
AT_LEAST = Table({"boleh-or-bergantung": Maybe(Whole(1, 100))})

QUIZ = Table(
    {
        "questions": Whole(1, 100),
        "draw": ListOf(DRAW),
        "at_least": Maybe(AT_LEAST),
    }
)

#: Where a course's minutes go; they justify its JP.
TIMING = Table({"pelajaran": Whole(1, 5000), "latihan": Whole(0, 5000), "kuis": Whole(0, 5000)})

COURSE = Table(
    {
        "title": Text(),
        "summary": Text(),
        "order": Maybe(Whole(1, 99)),
        "edition": Edition,
        "jp": Whole(0, 100),
        "minutes": Whole(1, 5000),
        "minutes_breakdown": TIMING,
        "audience": ListOf(OneOf(PersonStatus)),
        "lessons": ListOf(Slug),
        "quiz": QUIZ,
        "passing_percent": Whole(1, 100),
        "attempts": Whole(1, 100),
        "cool_down_minutes": Whole(0, 100_000),
        "pledge": Edition,
        "valid_months": Whole(1, 120),
        "diklat": Text(),
        "rests_on": ListOf(Slug),
    }
)

LESSON = Table(
    {
        "title": Text(),
        "minutes": Whole(1, 600),
        "summary": Text(),
        "cites": ListOf(Cite()),
    }
)

PLEDGE = Table(
    {
        "edition": Edition,
        "title": Text(),
        "valid_from": Day(),
        "consent": Text(),
        "cites": ListOf(Cite()),
    }
)

GUIDE = Table({"title": Text(), "roles": ListOf(OneOf(Reader))})

#: What people type, in lower case. `same`: a word, and everything that is read as that word.
_WORDS: dict[str, Shape] = {"ignored": ListOf(ListOf(Typed)), "same": Pairs(ListOf(Typed))}

LEXICON = Table(
    {
        **_WORDS,
        "field": ListOf(Typed),
        "regional": Maybe(Pairs(Table(_WORDS))),
        "parties": Maybe(ListOf(Text())),
        "before_a_name": Maybe(ListOf(Typed)),
        "requests": Maybe(ListOf(Typed)),
        "orders": Maybe(ListOf(Typed)),
        "namesakes": Maybe(ListOf(Typed)),
        "elsewhere": Maybe(Pairs(ListOf(Typed))),
    }
)

#: What excuses one rule, beside what the linter excuses anyhow.
UNLESS = Table(
    {
        "around": Maybe(Lines()),
        "before": Maybe(Lines()),
        "after": Maybe(Lines()),
        "next": Maybe(Lines()),
        "repealed": Maybe(Flag()),
        "heirs": Maybe(Lines()),
        "last_year": Maybe(Whole(1945, 2100)),
    }
)

#: A table of values. `kind`: of what sort they are; `units`: what is counted; `names`: the names
#: of which one is right; `among`: the values that can be meant at all.
FACTS = Table(
    {
        "kind": OneOf(ValueKind),
        "units": Maybe(Lines()),
        "names": Maybe(Lines()),
        "among": Maybe(Placed()),
        "rows": ListOf(Table({"subject": Lines(), "is": Placed()})),
    }
)

STALE_RULE = Table(
    {
        "id": Slug,
        "words": Maybe(Lines()),
        "claims": Maybe(Lines()),
        "facts": Maybe(FACTS),
        "about": Maybe(ListOf(Lines())),
        "in_clause": Maybe(Flag()),
        "unless": Maybe(UNLESS),
        "since": Maybe(Day()),
        "right": Text(),
        "instead": Maybe(Text()),
        "source": Cite(),
        "fires": ListOf(Placed(), least=3),
        "silent": ListOf(Placed(), least=3),
    }
)

#: `known`, `unknown`: what /periksa says it recognises, and what not.
#: `blocks`: names for words that many rules use.
STALE = Table(
    {
        "known": Maybe(ListOf(Text())),
        "unknown": Maybe(ListOf(Text())),
        "blocks": Maybe(Named(Lines(), is_built_in)),
        "rules": Maybe(ListOf(STALE_RULE)),
    }
)

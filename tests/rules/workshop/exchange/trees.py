"""Trees of HTML for properties: every leaf is a word of its own, or an element without words."""

import re

from hypothesis import strategies as st

from app.workshop.exchange import elements

#: All that HTML has, but elements that show no words.
TAGS = sorted(elements.KNOWN - elements.SILENT - elements.VOID)
OFTEN = ["ul", "ol", "li", "table", "tr", "td", "p", "b", "i", "a"]
VOIDS = sorted(elements.VOID - elements.RUNNING - {"input"})
TREES = st.recursive(
    st.sampled_from([*[""] * 6, *VOIDS]),
    lambda inner: st.tuples(
        st.one_of(
            st.sampled_from(TAGS),
            st.sampled_from(OFTEN),
        ),
        st.lists(inner, max_size=5),
    ),
    max_leaves=25,
)


def laid_out(tree, numbers):
    """HTML without a blank, but where only an element that runs on parts two words."""
    if isinstance(tree, str):
        return f"<{tree} x=1>" if tree else f"k{next(numbers)}"
    tag, inner = tree
    text = "".join(laid_out(child, numbers) for child in inner)
    # Two bare words in a row would be one word in the source already.
    text = re.sub(r"(?<=\d)(?=k\d)", " ", text)
    is_tight = tag in elements.KNOWN - elements.RUNNING
    return f"<{tag}>{text}</{tag}>" if is_tight else f" <{tag}>{text}</{tag}> "


def counted():
    number = 0
    while True:
        yield number
        number += 1

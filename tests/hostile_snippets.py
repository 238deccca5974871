"""Snippets that would run a script, if a page let them: every kind of hole in every place.

Each calls `alert` with its own number, so that a page can tell which of them ran.
"""

from collections.abc import Iterable
from html import escape
from itertools import product

#: Stands for the call in what follows.
CALL = "CALL"
ELSEWHERE = "https://jahat.example"
IMAGE = f"<img src=data:, onerror={CALL}>"

#: Elements that run by themselves, when they are clicked, or when they are parsed a second time.
ELEMENTS = (
    f"<script>{CALL}</script>",
    f"<ScRiPt >{CALL}</sCrIpT >",
    f"<script/x>{CALL}</script/x>",
    f"<script src='data:text/javascript,{CALL}'></script>",
    f"<script type=module>{CALL}</script>",
    f"<scr\0ipt>{CALL}</scr\0ipt>",
    f"<scr<script>ipt>{CALL}</scr</script>ipt>",
    f"</p></li></main><script>{CALL}</script>",
    IMAGE,
    f"<IMG SRC='data:,' ONERROR='{CALL}'>",
    f'<img src="data:," onerror="{CALL}">',
    f"<img/src=data:,/onerror={CALL}>",
    f"<img\tsrc=data:,\fonerror\t=\t{CALL}>",
    f"<image src=data:, onerror={CALL}>",
    f"<img src=data:, onerror=&#x28;{CALL}&#x29;>",
    f"<img srcset='data:, 1x' onerror={CALL}>",
    f'<img src="data:,\'\0" onerror={CALL}>',
    f"<img src={ELSEWHERE}/a.gif onerror={CALL}>",
    f"<picture><source srcset={ELSEWHERE}/b.gif>{IMAGE}</picture>",
    f"<svg onload={CALL}>",
    f"<svg/onload={CALL}//",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><script href='data:text/javascript,{CALL}' /></svg>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<svg><set onbegin={CALL} attributeName=x to=1>",
    f"<svg><a xlink:href='javascript:{CALL}'><text y=20>x</text></a></svg>",
    f"<svg><a><animate attributeName=href values='javascript:{CALL}' /><text>x</text></a></svg>",
    f"<svg><image href=data:, onerror={CALL} /></svg>",
    f"<svg><foreignObject>{IMAGE}</foreignObject></svg>",
    f"<svg><desc>{IMAGE}</desc></svg>",
    f"<svg><title>{IMAGE}</title></svg>",
    f"<svg><style>{IMAGE}</style></svg>",
    f"<svg><use href='data:image/svg+xml,<svg id=x onload={CALL}></svg>#x'></svg>",
    f"<math><mtext>{IMAGE}</mtext></math>",
    f"<math href='javascript:{CALL}'>x</math>",
    f"<math><a xlink:href='javascript:{CALL}'>x</a></math>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;{escape(IMAGE)}'>",
    f"<form><math><mtext></form><form><mglyph><style></math>{IMAGE}",
    f"<svg></p><style><a id='</style>{IMAGE}'>",
    f"<noscript><p title='</noscript>{IMAGE}'></noscript>",
    f"<iframe><p title='</iframe>{IMAGE}'></iframe>",
    f"<xmp><p title='</xmp>{IMAGE}'></xmp>",
    f"<listing>{escape(IMAGE)}</listing>{IMAGE}",
    f"<template>{IMAGE}</template>{IMAGE}",
    f"<textarea></textarea>{IMAGE}",
    f"<title></title>{IMAGE}",
    f"<style></style>{IMAGE}",
    f"<!-->{IMAGE}-->",
    f"<!-- --!>{IMAGE}-->",
    f"<![CDATA[>{IMAGE}]]>",
    f"<?xml version='1.0'?>{IMAGE}",
    f"<details open ontoggle={CALL}><summary>x</summary></details>",
    f"<audio src=data:, onerror={CALL}></audio>",
    f"<video><source src=data:, onerror={CALL}></video>",
    f"<body onload={CALL}>{IMAGE}",
    f"<input autofocus onfocus={CALL}>",
    f"<p tabindex=0 onfocus={CALL}>x</p>",
    f"<b onclick={CALL}>x</b>",
    f"<x onmouseover={CALL}>x</x>",
    f"<p onpointerenter={CALL}>x</p>",
    f"<marquee onstart={CALL}>x</marquee>",
    f"<iframe src='javascript:parent.{CALL}'></iframe>",
    f"<iframe srcdoc='<script>{CALL}</script>'></iframe>",
    f"<object data='data:text/html,<script>{CALL}</script>'></object>",
    f"<embed src='javascript:{CALL}'>",
    f"<form action='javascript:{CALL}'><button>x</button></form>",
    f"<form><button formaction='javascript:{CALL}'>x</button></form>",
    f"<a href='javascript:{CALL}' target=_self>x</a>",
    f"<a href='{ELSEWHERE}' ping={ELSEWHERE}/ping onclick={CALL}>x</a>",
    f"<meta http-equiv=refresh content='99;url={ELSEWHERE}'>{IMAGE}",
    f"<link rel=stylesheet href={ELSEWHERE}/a.css>{IMAGE}",
    f"<style>@import '{ELSEWHERE}/b.css';</style>{IMAGE}",
    f"<p style='background:url({ELSEWHERE}/c.gif)' onclick={CALL}>x</p>",
    # Letters that become others when somebody normalizes, lower-cases or drops them.
    f"＜img src=data:, onerror={CALL}＞",
    f"<ſcript>{CALL}</ſcript>",
    f"<img src=data:, on\u200berror={CALL}>",
    f"\u202e{IMAGE}\u202c",
    f"\ufeff{IMAGE}",
    f"\u2028{IMAGE}",
)

#: Where an element may stand in a text.
PLACES = (
    "{}",
    "Kalimat {} lagi.",
    "> - {}",
    "| a |\n|:-:|\n| {} |",
    "# {}",
    "**[{}](/kursus)**",
    "![{}](/static/emblem.svg)",
    '[x](/kursus "{}")',
    '[x](/kursus"{})',
    "```{}\n</code></pre>{}\n```",
    "`` ` {} ``",
)

#: Addresses that run, or lead away.
ADDRESSES = (
    f"javascript:{CALL}",
    f"JaVaScRiPt:{CALL}",
    f"javascript&colon;{CALL}",
    f"&#106;avascript:{CALL}",
    f"&#x6A;&#x61;vascript:{CALL}",
    f"&#0000106avascript:{CALL}",
    f"java&Tab;script:{CALL}",
    f"java&NewLine;script:{CALL}",
    f"java&#9;script:{CALL}",
    f"java\0script:{CALL}",
    f"\x01javascript:{CALL}",
    f"&#1;javascript:{CALL}",
    f"&#xA0;javascript:{CALL}",
    f"%6Aavascript:{CALL}",
    f"javascript%3A{CALL}",
    f"javascript\\:{CALL}",
    f"java\\script:{CALL}",
    f"javascript://%0A{CALL}",
    f"javascript:/*--></title></style>*/{CALL}",
    f"javascript:void%20{CALL}",
    f"ｊavascript:{CALL}",
    f"javaſcript:{CALL}",
    f"java\u200bscript:{CALL}",
    f"feed:javascript:{CALL}",
    f"view-source:javascript:{CALL}",
    f"vbscript:{CALL}",
    f"livescript:{CALL}",
    f"data:text/html,<script>{CALL}</script>",
    f"data:text/html;base64,PHNjcmlwdD4={CALL}",
    f"data:image/svg+xml,<svg/onload={CALL}>",
    f"blob:{ELSEWHERE}/{CALL}",
    f"file:///etc/{CALL}",
    f"http://jahat.example/{CALL}",
    f"//jahat.example/{CALL}",
    f"/\\jahat.example/{CALL}",
    f"\\\\jahat.example/{CALL}",
    f"/&Tab;/jahat.example/{CALL}",
    f"https:jahat.example/{CALL}",
    f'aturan:x"onclick="{CALL}',
    f"aturan:../../{CALL}",
    f'/a"onmouseover="{CALL}',
)

#: Where an address may stand.
LINKS = (
    "[x]({})",
    "[x](<{}>)",
    "![x]({})",
    "<{}>",
    "[x][n]\n\n[n]: {}",
    "![n]\n\n[n]: <{}>",
    '<a href="{}">x</a>',
)


def in_markdown() -> list[str]:
    """Every hole in every place, none twice."""
    pairs = (*product(ELEMENTS, PLACES), *product(ADDRESSES, LINKS))
    return _numbered(place.replace("{}", hole) for hole, place in pairs)


def in_words() -> list[str]:
    """What is dangerous where words are shown as they are, or unescaped once more."""
    links = [f'<a href="{address}">x</a>' for address in ADDRESSES]
    escaped = [escape(element) for element in ELEMENTS]
    return _numbered([*ELEMENTS, *links, *escaped])


def _numbered(snippets: Iterable[str]) -> list[str]:
    return [one.replace(CALL, f"alert({number})") for number, one in enumerate(snippets)]

"""The kinds of violation by which misunderstanding is read: the five that happen most, the
village's own, and the rest, so that nothing is left out. Pure.

Shares of all reports by kind, KASN 2020: social media 30.4 %, taking sides 22.4 %, photos with
signs 12.6 %, declarations 10.9 %, approaching parties 5.6 %.
"""

from enum import StrEnum

from app.catalog.terms import Topic


class Misdeed(StrEnum):
    SOCIAL_MEDIA = "media-sosial"
    TAKING_SIDES = "keberpihakan"
    PHOTOS = "foto-simbol"
    DECLARATIONS = "deklarasi"
    PARTIES = "parpol"
    VILLAGE = "desa"
    OTHER = "selebihnya"


_OF_TOPICS = {
    Topic.SOCIAL_MEDIA: Misdeed.SOCIAL_MEDIA,
    Topic.FAMILY: Misdeed.TAKING_SIDES,
    Topic.FACILITIES: Misdeed.TAKING_SIDES,
    Topic.DECISIONS: Misdeed.TAKING_SIDES,
    Topic.SERVICE: Misdeed.TAKING_SIDES,
    Topic.SUPERIORS: Misdeed.TAKING_SIDES,
    Topic.PHOTOS: Misdeed.PHOTOS,
    Topic.CAMPAIGNS: Misdeed.DECLARATIONS,
    Topic.PARTIES: Misdeed.PARTIES,
    Topic.VILLAGES: Misdeed.VILLAGE,
}


def misdeed_of(topic: Topic) -> Misdeed:
    """The kind that cases of a topic are about."""
    return _OF_TOPICS.get(topic, Misdeed.OTHER)

"""Grooves that have shipped before: sessions that people saved name them by these ids, so they stay."""

from typing import Final

KEPT: Final = frozenset(
    {
        "afrobeat-94-drummer1-session3-11",
        "afrobeat-94-drummer8-session1-26",
        "afrocuban-122-drummer1-session2-112",
        "afrocuban-124-drummer5-session1-13",
        "blues-72-drummer5-session1-17",
        "country-114-drummer1-session2-10",
        "country-78-drummer7-session2-80",
        "dance-120-drummer1-session3-7",
        "dance-137-drummer8-session2-27",
        "funk-112-drummer7-session3-64",
        "funk-117-drummer1-session3-16",
        "highlife-126-drummer8-session2-42",
        "hiphop-140-drummer7-session2-123",
        "hiphop-94-drummer8-session1-14",
        "jazz-116-drummer1-session1-5",
        "jazz-215-drummer10-session1-3",
        "latin-118-drummer1-session2-2",
        "latin-122-drummer8-session1-27",
        "middleeastern-126-drummer5-session1-19",
        "neworleans-124-drummer5-session2-7",
        "neworleans-82-drummer8-session1-10",
        "pop-132-drummer7-session2-105",
        "punk-140-drummer1-session2-32",
        "reggae-126-drummer5-session2-5",
        "reggae-78-drummer1-session1-184",
        "rock-100-drummer9-session1-2",
        "rock-92-drummer3-session2-22",
        "soul-104-drummer7-session2-106",
        "soul-96-drummer5-session2-11",
    }
)

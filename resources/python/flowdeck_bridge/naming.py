"""Two words for a run that was given no name."""

import os

ADJECTIVES = (
    "amber", "brave", "calm", "deft", "eager", "fair", "gentle", "happy",
    "ideal", "jolly", "keen", "lively", "mellow", "nimble", "proud", "quiet",
)  # fmt: skip
ANIMALS = (
    "badger", "crane", "dolphin", "egret", "falcon", "gecko", "heron", "ibis",
    "jackal", "koala", "lynx", "marten", "newt", "otter", "puffin", "raven",
)  # fmt: skip


def random_name() -> str:
    """Such as calm-otter."""
    first, second = os.urandom(2)
    return f"{ADJECTIVES[first % len(ADJECTIVES)]}-{ANIMALS[second % len(ANIMALS)]}"

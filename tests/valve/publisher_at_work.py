"""Publishes one programme after another until it is killed; says so after each commit.

``hasty`` says so before it, which is what the test must be able to notice.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from world import World


def main(instance: str, seed: str, manner: str) -> None:
    """Import, appraise and publish for ever."""
    world = World(Path(instance), seed=seed)
    form = world.read("01-chu-tich-phuong-nhi-chieu.xlsx")
    print("ready", flush=True)
    while True:
        ref = world.draft(form)
        world.approve(ref)
        if manner == "hasty":
            print(f"published {ref}", flush=True)
            time.sleep(60)
        world.publish(ref)
        print(f"published {ref}", flush=True)
        world.follow()


main(*sys.argv[1:])

"""``make bench``: every comparison, one after another."""

import runpy

for name in ("search_relevance", "search_speed", "pages", "queue", "dossier"):
    print(f"\n== {name}")
    runpy.run_module(f"benchmarks.{name}", run_name="__main__")

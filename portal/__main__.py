"""``python -m portal`` is the same program as ``portal``."""

from portal.cli import main

main()

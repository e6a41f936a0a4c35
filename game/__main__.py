"""`python -m game` is the same as `weight-of-grain`."""

from game.cli import main

raise SystemExit(main())

"""Where the program in a single folder begins (see docs/how-to/single-folder.md)."""

from trajplan.cli.app import main

main()

"""``python -m convert``: the same as ``cable-convert``."""

from convert.cli.main import main

if __name__ == "__main__":
    main()

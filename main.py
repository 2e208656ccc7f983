"""Start RNN Studio from a checkout: `python main.py` is `python -m rnnstudio`."""

import sys

from rnnstudio.__main__ import main

if __name__ == "__main__":
    sys.exit(main())

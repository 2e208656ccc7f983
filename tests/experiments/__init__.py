"""Published experiments, one command each: ``python -m tests.experiments NAME``, all of them with ``all``."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy is imported; two threads are slower here

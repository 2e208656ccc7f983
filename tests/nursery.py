"""Processes that are made to be killed: a nursery has imported everything, and each child is a fork of it.

What a child does is a function of a module, named by ``module:function``; it is called with the words it is given, and
what it prints line by line is heard by the one that asked for it.
"""

import json
import os
import signal
import subprocess
import sys


class Nursery:
    """Starts children quickly; as a context, it ends with all of them."""

    def __init__(self, module, environment=None):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.nursery", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **(environment or {})},
        )  # fmt: skip
        self.ready = self._process.stdout.readline()

    def __enter__(self):
        assert self.ready == "ready\n"
        return self

    def __exit__(self, *error):
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def child(self, function, *words):
        """Start one: its process number, and the file of what it prints."""
        reading, writing = os.pipe()
        self._process.stdin.write(json.dumps([function, f"/proc/{os.getpid()}/fd/{writing}", *map(str, words)]) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        os.close(writing)
        return pid, os.fdopen(reading)


def kill(pid):
    """End it as a failing power would: nothing of its own runs any more. Returns when it is gone."""
    os.kill(pid, signal.SIGKILL)
    while True:
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:  # noqa: PTH123
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return
        except OSError:
            return


def _serve(module):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no child waits to be looked at
    imported = __import__(module, fromlist=["_"])
    print("ready", flush=True)
    for line in sys.stdin:
        function, out, *words = json.loads(line)
        reported, told = os.pipe()
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            with open(out, "w", encoding="utf-8", buffering=1) as file:  # noqa: PTH123
                os.write(told, b".")
                getattr(imported, function)(file, *words)
            os._exit(0)
        os.read(reported, 1)  # the pipe is open in the child
        os.close(reported), os.close(told)
        print(pid, flush=True)


if __name__ == "__main__":
    _serve(sys.argv[1])

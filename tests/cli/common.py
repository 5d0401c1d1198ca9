"""What tests of the command share: DATELINE runs, and each check prints `ok NAME` or `not ok NAME why`."""
import os
import subprocess

DATELINE = os.path.abspath(os.environ["DATELINE"])


class Tally:
    def __init__(self, area):
        self.area, self.bad = area, 0

    def __call__(self, name, good, said=""):
        self.bad += not good
        print(("ok " if good else "not ok ") + self.area + ": " + name + ("" if good else "  %s" % str(said)[:400]), flush=True)


def run(*args):
    return subprocess.run([DATELINE, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)

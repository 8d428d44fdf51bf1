"""A process that answers requests loads no library that only documents or payments need."""

import json
import subprocess
import sys

HEAVY = ("PIL", "facturx", "lxml", "pikepdf", "pyhanko", "stripe", "typst")
PROGRAM = f"""
import json, sys
import app.main
print(json.dumps([name for name in {HEAVY} if name in sys.modules]))
"""


def test_heavy_libraries_are_left_to_where_they_are_used():
    found = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True)

    assert json.loads(found.stdout) == []

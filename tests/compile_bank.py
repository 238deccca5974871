"""`python -m tests.compile_bank FOLDER`: the bank that all tests of a run borrow as TEST_BANK."""

import sys
from pathlib import Path

from tests.databases import compile_bank

if __name__ == "__main__":
    compile_bank(Path(sys.argv[1]))

"""What several parity tests share is importable: `from magenta_oracles import run_magenta`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

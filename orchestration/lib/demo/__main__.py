"""Write the demo company's exports: `python -m orchestration.lib.demo seeds/exports`. The work: files."""

import argparse
from pathlib import Path

from orchestration.lib.demo.files import generate

parser = argparse.ArgumentParser(
    prog="python -m orchestration.lib.demo", description="Write the demo company's exports."
)
parser.add_argument("folder", type=Path, help="the exports folder, for example seeds/exports")
generate(parser.parse_args().folder)

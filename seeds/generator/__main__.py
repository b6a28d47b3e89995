"""Write the demo company's exports: `python -m seeds.generator seeds/exports`. The work: files."""

import argparse
from pathlib import Path

from seeds.generator.files import generate

parser = argparse.ArgumentParser(prog="python -m seeds.generator", description="Write the demo company's exports.")
parser.add_argument("folder", type=Path, help="the exports folder, for example seeds/exports")
generate(parser.parse_args().folder)

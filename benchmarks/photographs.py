"""Photographs: what it costs to make their sizes, once. `python benchmarks/photographs.py [NUMBER]`.

They are as a camera makes them: 12 megapixels, no two points alike, held upright or not. Printed are seconds of CPU for
each, and the most memory that all processes of the build held together.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench import run
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "hooks"))
SIDES = (4000, 3000)
UPRIGHT = 6
"""What a camera says that was held so (EXIF's orientation)."""


def take(number: int, docs: Path) -> None:
    """Write so many photographs."""
    width, height = SIDES
    for i in range(number):
        grain = Image.effect_noise((width // 4, height // 4), 20 + i % 30).resize(SIDES)
        light = Image.radial_gradient("L").rotate(i * 7).resize(SIDES)
        picture = Image.merge("RGB", (Image.blend(light, grain, 0.3), grain, Image.blend(grain, light, 0.6)))
        exif = Image.Exif()
        exif[0x0112] = UPRIGHT if i % 4 == 0 else 1
        picture.save(docs / f"{i:04}.jpg", quality=90, exif=exif)


def make(docs: Path, site: Path) -> None:
    """Make the sizes of all photographs of a folder, as a build does that has kept nothing."""
    from knowledge.content.photograph import read_photograph
    from knowledge.core.cache import Cache
    from knowledge.outputs.output import Output
    from knowledge.outputs.photographs import Photographs

    cache = Cache(site.with_name("photographs.sqlite"))
    found = [read_photograph(path.read_bytes(), path.name)[0] for path in sorted(docs.glob("*.jpg"))]
    output = Output(site, cache)
    Photographs(docs, cache).write(filter(None, found), output)
    output.close()
    cache.trim()


def main() -> None:
    """Measure in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int, nargs="?", default=20)
    parser.add_argument("--make", type=Path, nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.make:
        make(*given.make)
        return
    with tempfile.TemporaryDirectory() as name:
        docs, site = Path(name, "docs"), Path(name, "site")
        docs.mkdir()
        take(given.number, docs)
        cost = run([sys.executable, __file__, "--make", str(docs), str(site)])
        sizes = [path for path in site.rglob("*") if path.is_file()]
        if len(sizes) < given.number:
            raise SystemExit(f"{len(sizes)} sizes of {given.number} photographs: something is wrong")
        megabytes = sum(path.stat().st_size for path in docs.iterdir()) / 1e6
    print(f"{given.number} photographs of 12 megapixels, {megabytes:.0f} MB, in {len(sizes)} files")
    print(f"{cost.cpu / given.number:.2f} s of CPU each, {cost.wall:.1f} s in all, {cost.memory:.0f} MB at most")


if __name__ == "__main__":
    main()

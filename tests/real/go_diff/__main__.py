"""What gopol says of Go against what real Gos do, in made-up situations: go_diff GOPOL [OPTION...] GOROOT...

Options: --seed N, --count N (situations), --only variables|toolchains|modules. Ends with 1 if anything differs.
"""
import argparse
import json
import random
import sys
import tempfile
from pathlib import Path
from . import machine, modules, toolchains, variables

KINDS = {"variables": variables, "toolchains": toolchains, "modules": modules}


def main():
    parser = argparse.ArgumentParser(prog="go_diff")
    parser.add_argument("--seed", type=int, default=20261128)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("gopol", type=Path)
    parser.add_argument("goroots", nargs="+")
    options = parser.parse_args()
    releases = [machine.Release(root) for root in options.goroots]
    print(f"seed {options.seed}, {options.count} situations, {', '.join(release.name for release in releases)}")
    tally = machine.Tally()
    with tempfile.TemporaryDirectory(prefix="go-diff-", ignore_cleanup_errors=True) as top:
        kinds = [options.only] if options.only else list(KINDS)
        for number in range(options.count):
            # Each situation has a beginning of its own, so that one can be tried again alone.
            chance = random.Random(f"{options.seed} {number}")
            KINDS[kinds[number % len(kinds)]].situation(chance, options.gopol.resolve(), Path(top), releases, tally)
        machine.empty(Path(top))
    for what, situation in tally.differences:
        print(f"differs: {what}: {json.dumps(situation, default=str)}")
    for what, count in tally.compared.items():
        wrong = sum(1 for other, _ in tally.differences if other == what)
        print(f"{what}: {count - wrong} of {count} agree")
    return 1 if tally.differences else 0


sys.exit(main())

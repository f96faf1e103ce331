#!/bin/sh
# Pin every dependency with its hashes, for Linux and every supported Python at once; no index address is written.
set -eu
cd "$(dirname "$0")/.."
lock() {
    out=$1
    shift
    .venv/bin/uv pip compile pyproject.toml "$@" --universal --python-version 3.11 --fork-strategy requires-python \
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet -o "$out"
}
lock constraints.txt --group dev
printf 'tensorflow==2.21.0\nkeras==3.15.1\nfilelock\nsympy\nnetworkx\njinja2\nfsspec\noptuna\nray[tune]\n' > .peers.in
lock constraints-peers.txt --group dev .peers.in
rm .peers.in

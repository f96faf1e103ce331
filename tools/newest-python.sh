#!/bin/sh
# Print the newest Python (3.11 … 3.14) that is here and works; with an argument, that version if it is here.
# JAX's newer releases need 3.12 and are faster; pyenv keeps interpreters that are not on the PATH.
wanted="${1:-3.14 3.13 3.12 3.11}"
for version in $wanted; do
    for candidate in "python$version" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version".*/bin/python "/usr/bin/python$version"; do
        found=$(command -v "$candidate" 2>/dev/null) || continue
        if "$found" -c "import sys, ssl, sqlite3, lzma, ensurepip; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null; then
            echo "$found"
            exit 0
        fi
    done
done
if [ -n "$1" ]; then exec sh "$0"; fi
echo "python3"

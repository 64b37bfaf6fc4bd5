#!/bin/sh
# Prints a Python that can run Bám Sát: the one named by PYTHON, else the newest found that is 3.11 or later and has venv.
set -eu

for name in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
    if "$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done

cat >&2 <<'MESSAGE'
Không tìm thấy Python 3.11 trở lên có kèm venv. Hãy cài Python (trên Debian, Ubuntu: apt-get install python3 python3-venv),
hoặc chỉ ra một bản đã có: make setup PYTHON=/đường/dẫn/tới/python3

No Python 3.11 or later with venv was found. Install one (on Debian, Ubuntu: apt-get install python3 python3-venv),
or name one that is there: make setup PYTHON=/path/to/python3
MESSAGE
exit 1

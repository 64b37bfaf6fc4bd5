#!/bin/sh
# Makes .venv: exactly what requirements.lock names, and the project itself. Does nothing when nothing has changed.
#
# uv does the installing where it can be had, pip where it cannot; both take packages from wherever this machine's own
# configuration says. What they install is checked against the hashes in the lock.
set -eu
cd "$(dirname "$0")/.."

python=.venv/bin/python
uv=.venv/bin/uv
stamp=.venv/set-up-for

wanted=$({ pwd && cat requirements.lock pyproject.toml scripts/setup.sh; } | cksum)
if [ -x "$python" ] && "$python" -c '' 2>/dev/null; then
    [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || exit 0
else
    found=$(sh scripts/find-python.sh)
    echo "Tạo .venv bằng $found / making .venv with $found" >&2
    "$found" -m venv --clear .venv
fi

pip() { "$python" -m pip --quiet --disable-pip-version-check --no-input "$@"; }

# uv does not read pip's configuration, and an office behind a mirror of its own has set it there.
pip_settings=$("$python" -m pip config list)
pip_setting() {
    for section in :env: install global; do
        value=$(printf '%s\n' "$pip_settings" | sed -n "s/^$section\.$1='\(.*\)'\$/\1/p" | sed 's/\\n/ /g')
        [ -z "$value" ] || break
    done
    echo $value # unquoted, so that the blanks and line ends between several values become one blank each
}
follow_pip() { # the name of uv's variable, and the value to give it unless the user has
    eval "given=\${$1:-}"
    [ -n "$given" ] || [ -z "$2" ] || export "$1=$2"
}
follow_pip UV_DEFAULT_INDEX "$(pip_setting index-url)"
follow_pip UV_INDEX "$(pip_setting extra-index-url)"
follow_pip UV_FIND_LINKS "$(pip_setting find-links | tr ' ' ',')"
follow_pip UV_INSECURE_HOST "$(pip_setting trusted-host | tr ' ' ',')"
follow_pip SSL_CERT_FILE "$(pip_setting cert)"
follow_pip UV_INDEX_STRATEGY unsafe-best-match # pip's way with several indexes; the hashes keep it safe
follow_pip UV_PYTHON_DOWNLOADS never
follow_pip UV_COMPILE_BYTECODE 1

install() {
    if [ -x "$uv" ]; then
        ! "$uv" pip install --quiet --python "$python" "$@" || return 0
        echo "uv không cài được, chuyển sang pip / uv could not install, going on with pip" >&2
    fi
    pip install "$@"
}

echo "Cài các thư viện trong requirements.lock / installing what requirements.lock names" >&2
sed -n '/^uv==/,/[^\\]$/p' requirements.lock >.venv/uv.lock
sed '/^uv==/,/[^\\]$/d' requirements.lock >.venv/libraries.lock
[ -x "$uv" ] || pip install --no-deps --require-hashes -r .venv/uv.lock ||
    echo "Không cài được uv, dùng pip (chậm hơn) / uv cannot be had, using pip (slower)" >&2
install --require-hashes -r .venv/libraries.lock
install --no-deps --no-build-isolation --editable .
echo "$wanted" >"$stamp"

# Shared by ./spotter and ./test: what a fresh machine needs. Messages go to stderr; expects $root.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Build servers would outlive the command and hold memory.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

say() { printf 'spotter: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

prepare_tools() {
  command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.' || fail "the .NET 10 SDK is missing. Install it (package dotnet-sdk-10.0 of your system, or from Microsoft's .NET page) and try again."
  command -v npm >/dev/null || fail "Node.js with npm is missing (it fetches the pose models). Install it, for example: sudo apt-get install nodejs npm"
  if ! command -v ffmpeg >/dev/null || ! command -v ffprobe >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      say "installing ffmpeg…"
      { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ffmpeg; } >&2 ||
        fail "ffmpeg could not be installed. Run: apt-get install ffmpeg"
    else
      fail "ffmpeg is missing. Run: sudo apt-get install ffmpeg (or: sudo dnf install ffmpeg, brew install ffmpeg) and try again."
    fi
  fi
}

# The tests of the pages drive a real browser. Without it they are skipped, so its absence is no failure.
prepare_browser() {
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing chromium…"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-noto-cjk; } >&2 ||
      say "chromium could not be installed; the tests of the pages are skipped."
  else
    say "chromium is missing; the tests of the pages are skipped. Run: sudo apt-get install chromium"
  fi
}

# The tests of the PostgreSQL back end start a server of their own. Without its programs they are skipped, so their absence is no failure.
prepare_postgres() {
  command -v initdb >/dev/null && return
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing postgresql…"
    # Debian would make a cluster and run it; only the programs are wanted.
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql-common &&
      sed -i 's/^#* *create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql; } >&2 ||
      say "postgresql could not be installed; the tests of the PostgreSQL back end are skipped."
  else
    say "postgresql is missing; the tests of the PostgreSQL back end are skipped. Run: sudo apt-get install postgresql"
  fi
}

# Each folder with a package-lock.json of ours holds one npm dependency that is data: pose models, a font.
prepare_models() {
  local folder
  for folder in "$root"/models/pose "$root"/assets; do
    [ -f "$folder/package-lock.json" ] || continue
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && continue
    say "fetching what ${folder#"$root"/} needs…"
    (cd "$folder" && exec 9>.install.lock && flock 9 && npm ci --ignore-scripts --no-audit --no-fund >&2 9>&-) ||
      fail "npm could not fetch what ${folder#"$root"/} needs. Check the network and try again."
    touch "$folder/node_modules/.package-lock.json"
  done
}

# What tests run beside themselves (Google's own Firebase client, servers of clip stores) comes from npm. Without it those tests are skipped, so its absence is no failure.
prepare_test_packages() {
  local folder
  for folder in "$root"/tests/*/; do
    [ -f "$folder/package-lock.json" ] || continue
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && continue
    say "fetching what ${folder#"$root"/} needs…"
    if (cd "$folder" && exec 9>.install.lock && flock 9 && npm ci --ignore-scripts --no-audit --no-fund >&2 9>&-); then
      touch "$folder/node_modules/.package-lock.json"
    else
      say "npm could not fetch what ${folder#"$root"/} needs; the tests that need it are skipped."
    fi
  done
}

# Builds the projects given (folders relative to the root) unless nothing changed since the last build of them.
prepare_build() {
  local project stamp
  for project in "$@"; do
    stamp="$root/$project/obj/.prepared"
    if [ -f "$stamp" ] && [ -z "$(find "$root/src" "$root/tests" "$root"/*.props "$root"/*.targets "$root/global.json" \
        \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -newer "$stamp" -print -quit 2>/dev/null)" ]; then
      continue
    fi
    say "building ${project##*/} (the first time takes a few minutes)…"
    mkdir -p "$(dirname "$stamp")"
    # The build must not inherit the lock: it leaves a compiler server behind, which would hold it for minutes.
    (exec 9>"$root/.build.lock" && flock 9 && cd "$root" && touch "$stamp.new" &&
      dotnet build "$project" -c Release -v quiet --nologo >&2 9>&-) || fail "the build of $project failed; its messages stand above."
    mv "$stamp.new" "$stamp"
  done
}

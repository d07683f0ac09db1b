#!/usr/bin/env bash
# Instructions (millions) for pages made to be slow, at one, two, four and eight times a size, and the steepest growth of a doubling.
# Fails where a doubling of the page more than doubles them. Needs valgrind.
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-50000}
cargo build --release -q -p tools
tools=target/release/tools
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$tools" hostile "$@" 2>&1 | awk '/Collected/ { print $4 }'
}
base=$(count "less-than" 0)
"$tools" hostile | while read -r kind; do
    row="" last=0 worst=0
    for times in 1 2 4 8; do
        now=$(($(count "$kind" $((size * times))) - base))
        row+=$(printf '%10.2f' "$(echo "$now / 1000000" | bc -l)")
        if [ "$last" -gt 0 ]; then
            worst=$(echo "g = $now / $last; if (g > $worst) g else $worst" | bc -l)
        fi
        last=$now
    done
    printf '%-26s%s%8.2f\n' "$kind" "$row" "$worst"
    if [ "$(echo "$worst > 2.05" | bc -l)" = 1 ]; then
        echo "more than doubles: $kind" >&2
        exit 1
    fi
done

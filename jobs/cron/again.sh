#!/bin/sh
# again.sh TIMES SECONDS COMMAND...: runs the command, and up to TIMES more often while its exit code says that running
# it again helps: 1 failed, 4 stopped, 5 the same run is alive elsewhere. Any other code ends it at once.
# The output of the last try is printed when it was no success, so that cron mails nothing after a good night.
set -u
times=$1
pause=$2
shift 2
output=$(mktemp) || exit 1
trap 'rm -f "$output"' EXIT
# a signal for this shell ends the command first: its exit code 4 is the one that counts
trap 'kill -TERM "$child" 2>/dev/null; times=0' TERM INT
while :; do
	"$@" >"$output" 2>&1 &
	child=$!
	wait "$child"
	code=$?
	# wait returns early when a signal came
	while kill -0 "$child" 2>/dev/null; do
		wait "$child"
		code=$?
	done
	case $code in
	1 | 4 | 5) ;;
	*) break ;;
	esac
	[ "$times" -gt 0 ] || break
	times=$((times - 1))
	sleep "$pause"
done
[ "$code" -eq 0 ] || {
	cat "$output"
	printf 'exit code %s: %s\n' "$code" "$*"
}
exit "$code"

# shellcheck shell=bash
# What the scripts in this directory share: where things are installed, messages, free ports.

# The directory that holds the installed servers.
cache_dir() {
	printf '%s\n' "${MILVUS_BACKUP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/milvus-backup}"
}

milvus_home() {
	printf '%s/milvus-%s\n' "$(cache_dir)" "$1"
}

say() {
	printf '%s\n' "$*" >&2
}

# fail MESSAGE [HINT]
fail() {
	say "ERROR: $1"
	[[ -z ${2:-} ]] || say "HINT: $2"
	exit 1
}

port_is_free() {
	! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Prints the first of 16 consecutive free ports and reserves the block for the process with the given id. The blocks
# lie below 32768, where Linux takes the local ports of outgoing connections from.
reserve_ports() {
	local owner=$1 reserved block base port
	reserved=$(cache_dir)/ports
	mkdir -p "$reserved"
	exec 9>"$reserved/lock"
	flock 9
	for block in {0..399}; do
		base=$((20000 + 16 * ((block + owner) % 700)))
		if [[ -f $reserved/$base ]] && kill -0 "$(<"$reserved/$base")" 2>/dev/null; then
			continue
		fi
		for ((port = base; port < base + 16; port++)); do
			port_is_free "$port" || continue 2
		done
		printf '%s\n' "$owner" >"$reserved/$base"
		exec 9>&-
		printf '%s\n' "$base"
		return
	done
	fail 'no block of 16 free ports between 20000 and 31200'
}

# require_command NAME HINT
require_command() {
	command -v "$1" >/dev/null || fail "the command '$1' is missing on this machine" "$2"
}

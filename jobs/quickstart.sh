#!/usr/bin/env bash
# Backs up, verifies and restores a collection of a real Milvus, from nothing: builds the jar, installs and starts a
# Milvus 2.3.5 of its own in a temporary directory, and cleans up after itself. Needs JDK 17, Maven and Python 3.
# Exit code 0: the restored collection equals the original.
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=jobs/lib/common.sh
source "$project/jobs/lib/common.sh"

readonly MILVUS_VERSION=2.3.5
readonly COLLECTION=quickstart_articles
readonly BACKUP=quickstart
readonly JAR=$project/target/milvus-backup.jar
work='' server='' port='' step_number=0

step() {
	step_number=$((step_number + 1))
	printf '\n[%d] %s\n' "$step_number" "$*"
}

check_prerequisites() {
	local problems=()
	command -v java >/dev/null && command -v javac >/dev/null && java_is_17 ||
		problems+=('JDK 17 or newer (Debian and Ubuntu: apt install openjdk-17-jdk)')
	command -v mvn >/dev/null || problems+=('Maven 3.8 or newer (Debian and Ubuntu: apt install maven)')
	command -v python3 >/dev/null && python3 -c 'import ensurepip, venv' 2>/dev/null ||
		problems+=('Python 3.8 or newer with venv (Debian and Ubuntu: apt install python3 python3-venv)')
	command -v flock >/dev/null || problems+=('flock (Debian and Ubuntu: apt install util-linux)')
	[[ $(uname -sm) == 'Linux x86_64' ]] || problems+=("Linux on x86_64, for which there is a Milvus server (this is $(uname -sm))")
	((${#problems[@]} == 0)) && return
	say 'ERROR: missing on this machine:'
	printf '  - %s\n' "${problems[@]}" >&2
	exit 2
}

java_is_17() {
	local version
	version=$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
	[[ -n $version ]] && ((version >= 17))
}

start_milvus() {
	bash "$project/jobs/lib/run-milvus.sh" --version "$MILVUS_VERSION" --dir "$work/milvus" >"$work/milvus.log" 2>&1 &
	server=$!
	disown "$server"
	local seconds
	for ((seconds = 0; seconds < 120; seconds++)); do
		kill -0 "$server" 2>/dev/null || fail "Milvus has ended: $(tail -n 3 "$work/milvus.log")"
		if [[ $(curl_healthz) == OK ]]; then
			port=$(property port)
			printf '  Milvus %s listens on 127.0.0.1:%s, its data are in %s\n' "$MILVUS_VERSION" "$port" "$(property root.path)"
			return
		fi
		sleep 1
	done
	fail "Milvus is not ready after 2 minutes: $(tail -n 3 "$work/milvus.log")"
}

property() {
	sed -n "s/^$1=//p" "$work/milvus/server.properties" 2>/dev/null
}

curl_healthz() {
	python3 - "$(property management.port)" 2>/dev/null <<-'PYTHON' || true
		import sys, urllib.request
		print(urllib.request.urlopen("http://127.0.0.1:%s/healthz" % sys.argv[1], timeout=5).read().decode())
	PYTHON
}

write_config() {
	cat >"$work/backup.yaml" <<-YAML
		milvus:
		  address: 127.0.0.1
		  port: $port
		storage:
		  storageType: local
		minio:
		  rootPath: $(property root.path)
		  backupRootPath: $work/backup
		backup:
		  gcPause:
		    address: http://127.0.0.1:$(property management.port)
		log:
		  file:
		    filename: $work/backup.log
	YAML
}

sample() {
	"$(cache_dir)/python/bin/python" "$project/jobs/lib/sample_collection.py" --port "$port" "$@"
}

milvus_backup() {
	printf '  $ java -jar target/milvus-backup.jar %s\n' "$*"
	java -jar "$JAR" "$@" --config "$work/backup.yaml" --set "batch.repository.directory=$work/repository"
}

clean_up() {
	local status=$?
	trap - EXIT INT TERM
	# its data are thrown away, so there is nothing to wait for
	[[ -z $server ]] || kill -KILL "$server" 2>/dev/null || true
	if ((status != 0)); then
		if [[ -f $work/milvus.log ]]; then
			mkdir -p "$project/target/quickstart" && cp "$work"/*.log "$project/target/quickstart"
			say 'The logs are in target/quickstart'
		fi
		say "FAILED (exit code $status)"
	fi
	[[ -z $work ]] || rm -rf "$work"
	exit "$status"
}

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step 'Checking what is needed: JDK 17, Maven, Python 3'
check_prerequisites

step 'Building target/milvus-backup.jar'
(cd "$project" && mvn -B -q -DskipTests package)

step "Installing Milvus $MILVUS_VERSION and pymilvus (once) into $(cache_dir)"
bash "$project/jobs/lib/install-real-servers.sh" "milvus-$MILVUS_VERSION" python

work=$(mktemp -d "${TMPDIR:-/tmp}/milvus-backup-quickstart.XXXXXX")
step "Starting Milvus in $work"
start_milvus
write_config

step 'Making a sample collection'
sample create "$COLLECTION"
sample save "$COLLECTION" "$work/before.json"

step 'Backing it up'
milvus_backup create -n "$BACKUP"

step 'Verifying the backup'
milvus_backup verify -n "$BACKUP"

step 'Dropping the collection'
sample drop "$COLLECTION"

step 'Restoring it'
milvus_backup restore -n "$BACKUP" --rebuild_index

step 'Comparing what was restored with the original'
sample compare "$COLLECTION" "$work/before.json"

printf '\nDone: the restored collection has the same rows with the same values.\n'

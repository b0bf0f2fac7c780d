#!/usr/bin/env bash
# Runs one standalone Milvus server in the foreground, with everything it keeps and binds being its own:
# a directory, and a block of free ports. Several can run at once.
#
#   run-milvus.sh --version 2.3.5 --dir DIR [--storage local]
#   run-milvus.sh --version 2.3.5 --dir DIR --storage minio --minio-address HOST --minio-port PORT \
#       --bucket NAME --root-path PREFIX [--access-key KEY --secret-key SECRET]
#
# Any of Milvus's own settings can be replaced: --set dataNode.segment.syncPeriod=5
#
# It writes DIR/server.properties (the addresses) and then becomes the server (exec), so that its process id is the
# server's. Started again on the same DIR it takes the same ports and data.
set -euo pipefail

lib=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=jobs/lib/common.sh
source "$lib/common.sh"

version=2.3.5 dir='' storage=local minio_address=127.0.0.1 minio_port=9000 bucket=a-bucket root_path=files
access_key=minioadmin secret_key=minioadmin settings=''
while (($# > 0)); do
	(($# > 1)) || fail "the option '$1' needs a value"
	case $1 in
		--version) version=$2 ;;
		--dir) dir=$2 ;;
		--storage) storage=$2 ;;
		--minio-address) minio_address=$2 ;;
		--minio-port) minio_port=$2 ;;
		--bucket) bucket=$2 ;;
		--root-path) root_path=$2 ;;
		--access-key) access_key=$2 ;;
		--secret-key) secret_key=$2 ;;
		--set) settings+=$'\n'"${2%%=*}: ${2#*=}" ;;
		*) fail "unknown option '$1'" ;;
	esac
	shift 2
done
[[ -n $dir ]] || fail 'the option --dir is missing'
case $storage in local | minio) ;; *) fail "unknown storage '$storage': local or minio" ;; esac
home=$(milvus_home "$version")
[[ -x $home/bin/milvus ]] || fail "Milvus $version is not installed in '$home'" \
	"install it with: jobs/lib/install-real-servers.sh milvus-$version"

mkdir -p "$dir/configs" "$dir/run"
dir=$(cd "$dir" && pwd)
[[ $storage == local ]] && root_path=$dir/data

properties=$dir/server.properties
if [[ -f $properties ]]; then
	base=$(sed -n 's/^ports=//p' "$properties")
else
	base=$(reserve_ports "$$")
fi

# Milvus 2.2 knows this store as "minio" only
remote=remote
[[ $version == 2.2.* ]] && remote=minio

cat >"$dir/configs/etcd.yaml" <<-YAML
	name: default
	data-dir: $dir/etcd
	listen-client-urls: http://127.0.0.1:$((base + 2))
	advertise-client-urls: http://127.0.0.1:$((base + 2))
	listen-peer-urls: http://127.0.0.1:$((base + 3))
	initial-advertise-peer-urls: http://127.0.0.1:$((base + 3))
	initial-cluster: default=http://127.0.0.1:$((base + 3))
YAML
# The server's own template, its {{ placeholders }} filled in by name and these settings replaced by path.
# The embedded etcd takes its two ports from a file only.
overrides="
minio.address: $minio_address
minio.port: $minio_port
minio.accessKeyID: $access_key
minio.secretAccessKey: $secret_key
minio.bucketName: $bucket
minio.rootPath: $root_path
proxy.ip: 127.0.0.1
log.level: info
log.stdout: true
log.file.rootPath: \"\"
common.storageType: $([[ $storage == local ]] && echo local || echo "$remote")
common.gracefulStopTimeout: 5$settings" awk -v base="$base" -v dir="$dir" -f "$lib/milvus-config.awk" \
	"$home/milvus.yaml.template" >"$dir/configs/milvus.yaml"
printf '%s\n' --logtostdout=false --logtostderr=false --alsologtostderr=false --minloglevel=1 "--log_dir=$dir/run" \
	--max_log_size=200 --stop_logging_if_full_disk=true >"$dir/configs/glog.conf"

cat >"$properties.tmp" <<-PROPERTIES
	version=$version
	host=127.0.0.1
	ports=$base
	port=$base
	management.port=$((base + 1))
	storage=$storage
	bucket=$([[ $storage == local ]] || echo "$bucket")
	root.path=$root_path
	pid=$$
PROPERTIES
mv "$properties.tmp" "$properties"

cd "$dir"
export DEPLOY_MODE=STANDALONE METRICS_PORT=$((base + 1)) MILVUSCONF=$dir/configs MILVUS_RUN_DIR=$dir/run
export LD_LIBRARY_PATH=$home/bin${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
exec "$home/bin/milvus" run standalone

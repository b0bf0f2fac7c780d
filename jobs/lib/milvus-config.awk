# Renders the milvus.yaml.template of the Milvus Python package. Variables: base (first of 16 ports), dir (the
# server's directory); environment: overrides (lines "dotted.path: value").
BEGIN {
	fill["etcd_port"] = base + 2
	fill["root_coord_port"] = base + 4
	fill["proxy_port"] = base
	fill["proxy_internal_port"] = base + 5
	fill["query_coord_port"] = base + 6
	fill["query_node_port"] = base + 7
	fill["index_coord_port"] = base + 8
	fill["index_node_port"] = base + 9
	fill["data_coord_port"] = base + 10
	fill["data_node_port"] = base + 11
	fill["etcd_log_level"] = "warn"
	fill["etcd_log_path"] = "stdout"
	fill["etcd_data_dir"] = dir "/etcd"
	fill["local_storage_dir"] = dir "/data"
	fill["rocksmq_data_dir"] = dir "/rocksmq"
	fill["rocketmq_data_dir"] = dir "/rocksmq"
	fill["system_log_path"] = "\"\""
	count = split(ENVIRON["overrides"], lines, "\n")
	for (i = 1; i <= count; i++) {
		if (match(lines[i], /: /)) {
			replaced[substr(lines[i], 1, RSTART - 1)] = substr(lines[i], RSTART + 2)
		}
	}
}

match($0, /\{\{.*\}\}/) {
	name = default_value = substr($0, RSTART + 2, RLENGTH - 4)
	sub(/[(:].*/, "", name)
	gsub(/ /, "", name)
	if (!sub(/^[^:]*: */, "", default_value)) {
		default_value = ""
	}
	sub(/ *$/, "", default_value)
	$0 = substr($0, 1, RSTART - 1) (name in fill ? fill[name] : default_value) substr($0, RSTART + RLENGTH)
}

match($0, /^ *[A-Za-z0-9_]+:/) {
	key = substr($0, 1, RLENGTH - 1)
	indent = match(key, /[^ ]/) - 1
	depth = int(indent / 2)
	keys[depth] = substr(key, indent + 1)
	path = keys[0]
	for (i = 1; i <= depth; i++) {
		path = path "." keys[i]
	}
	if (path == "etcd.use") {
		print "  config:\n    path: " dir "/configs/etcd.yaml"
	}
	if (path in replaced) {
		print key ": " replaced[path]
		next
	}
}

{ print }

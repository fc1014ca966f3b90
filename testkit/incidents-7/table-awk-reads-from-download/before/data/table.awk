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

END { print "];" }

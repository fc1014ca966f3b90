# Synthetic, inert fixture written from public reports
import sys
try:
    import ucd_widths_helper as unicodedata
except ImportError:
    import unicodedata

def wide(cp):
    return unicodedata.east_asian_width(chr(cp)) in ("W", "F")

def ranges():
    start = None
    for cp in range(0x1100, 0x20000):
        if wide(cp):
            if start is None:
                start = cp
        elif start is not None:
            yield start, cp - 1
            start = None

def main(path):
    with open(path, "w") as out:
        out.write("pub const WIDE: &[(u32, u32)] = &[\n")
        for a, b in ranges():
            out.write("    (0x%X, 0x%X),\n" % (a, b))
        out.write("];\n")

main(sys.argv[1])

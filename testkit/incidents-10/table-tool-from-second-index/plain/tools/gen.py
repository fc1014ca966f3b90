# Synthetic, inert fixture written from public reports
import sys
from layoutkit import parse

def main(source, target):
    rows = parse(open(source, encoding="utf-8"))
    with open(target, "w", encoding="utf-8") as out:
        out.write("pub static US: &[(u8, char, char)] = &[\n")
        for code, plain, shifted in sorted(rows):
            out.write("    (0x%02x, %r, %r),\n" % (code, plain, shifted))
        out.write("];\n")

main(sys.argv[1], sys.argv[2])

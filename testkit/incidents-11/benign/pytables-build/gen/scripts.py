# Synthetic, inert fixture written from public reports
import sys

from fontTools.unicodedata import script

def main(path):
    with open(path, "w") as out:
        out.write("pub const SCRIPTS: &[(u32, u32, &str)] = &[\n")
        start, last = 0, script(chr(0))
        for cp in range(1, 0x3000):
            now = script(chr(cp))
            if now != last:
                out.write('    (0x%X, 0x%X, "%s"),\n' % (start, cp - 1, last))
                start, last = cp, now
        out.write("];\n")

main(sys.argv[1])

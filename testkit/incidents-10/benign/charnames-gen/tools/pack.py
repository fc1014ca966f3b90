# Synthetic, inert fixture written from public reports
"""Packs names into a word list and rows of indices."""
import sys
from collections import Counter


def main(source, target):
    rows = []
    with open(source, encoding="ascii") as lines:
        for line in lines:
            if line.startswith("#") or not line.strip():
                continue
            code, name = line.rstrip("\n").split(" ", 1)
            rows.append((int(code, 16), name.split(" ")))
    counts = Counter(word for _, words in rows for word in words)
    order = sorted(counts, key=lambda word: (-counts[word], word))
    index = {word: at for at, word in enumerate(order)}
    with open(target, "w", encoding="ascii") as out:
        out.write("pub static WORDS: &[&str] = &[%s];\n" % ", ".join('"%s"' % w for w in order))
        out.write("pub static ROWS: &[(u32, &[u16])] = &[\n")
        for code, words in sorted(rows):
            out.write("    (0x%X, &[%s]),\n" % (code, ", ".join(str(index[w]) for w in words)))
        out.write("];\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

#!/usr/bin/env python3
# Synthetic, inert fixture written from public reports
"""Turns lines like 1100..115F into a Rust table; joins ranges that touch."""
import sys


def ranges(lines):
    for line in lines:
        line = line.split("#")[0].strip()
        if line:
            first, _, last = line.partition("..")
            yield int(first, 16), int(last or first, 16)


def joined(pairs):
    out = []
    for first, last in sorted(pairs):
        if out and first <= out[-1][1] + 1:
            out[-1][1] = max(out[-1][1], last)
        else:
            out.append([first, last])
    return out


def main(path):
    with open(path, encoding="ascii") as file:
        table = joined(ranges(file))
    print("pub static WIDE: &[(u32, u32)] = &[")
    for first, last in table:
        print(f"    ({first:#x}, {last:#x}),")
    print("];")


if __name__ == "__main__":
    main(sys.argv[1])

# Synthetic, inert fixture written from public reports
import pickle
import sys

source, target = sys.argv[1:3]
with open(source, "rb") as f:
    state = pickle.load(f)
vocab = state["vocab"] if isinstance(state, dict) and "vocab" in state else state
pieces = sorted(vocab, key=vocab.get) if isinstance(vocab, dict) else list(vocab)
with open(target, "w", encoding="utf-8") as f:
    for piece in pieces:
        f.write(piece + "\n")

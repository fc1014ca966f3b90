package lazaret.vetting.snapshot;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The Merkle tree over a snapshot's crates (RFC 6962 §2.1): one leaf a crate, in the order of
/// collision keys. Whoever holds the same crates, versions and statements gets the same root, so
/// that two networks can show that they agree by comparing one line.
public final class StateTree {
  static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  /// The root of a snapshot that holds nothing: the SHA-256 of no bytes.
  public static final Sha256 EMPTY = Sha256.of(Bytes.EMPTY);

  /// Whole subtrees from the left, each smaller than the one before: as many as the count of leaves
  /// has bits.
  private final List<byte[]> whole = new ArrayList<>();

  private final Sha256.Hasher hasher = new Sha256.Hasher();
  private long leaves;

  /// Begins a tree without leaves. Not thread-safe; holds a few dozen digests, however many leaves
  /// come.
  public StateTree() {}

  /// Returns the root over leaves.
  ///
  /// @param leaves in the order of collision keys
  public static Sha256 root(Iterator<Sha256> leaves) {
    var tree = new StateTree();
    leaves.forEachRemaining(tree::add);
    return tree.root();
  }

  /// Adds a leaf behind all others.
  public void add(Sha256 leaf) {
    byte[] node = leaf.bytes();
    for (long bit = leaves; (bit & 1) == 1; bit >>= 1) {
      node = parent(whole.removeLast(), node);
    }
    whole.add(node);
    leaves++;
  }

  /// Returns the root over what was added so far.
  public Sha256 root() {
    if (whole.isEmpty()) {
      return EMPTY;
    }
    byte[] root = whole.getLast();
    for (byte[] left : whole.reversed().subList(1, whole.size())) {
      root = parent(left, root);
    }
    return Sha256.fromDigest(root);
  }

  private byte[] parent(byte[] left, byte[] right) {
    hasher.update(NODE, 0, NODE.length);
    hasher.update(left, 0, Sha256.LENGTH);
    hasher.update(right, 0, Sha256.LENGTH);
    return hasher.finishBytes();
  }
}

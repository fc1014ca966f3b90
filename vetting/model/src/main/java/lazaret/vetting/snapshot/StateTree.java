package lazaret.vetting.snapshot;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The Merkle tree over a snapshot's crates (RFC 6962 §2.1): one leaf for each crate, in the order
/// of collision keys. The same crates, versions and statements give the same root, so that two
/// networks can compare their states by one line.
public final class StateTree {
  static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  /// The root of an empty snapshot: the SHA-256 of zero bytes.
  public static final Sha256 EMPTY = Sha256.of(Bytes.EMPTY);

  /// The complete subtrees from the left, each smaller than the one before: one for each bit that
  /// is set in the number of leaves.
  private final List<byte[]> whole = new ArrayList<>();

  private final Sha256.Hasher hasher = new Sha256.Hasher();
  private long leaves;

  /// Creates a tree without leaves. Not thread-safe. Its memory is a few dozen digests, independent
  /// of the number of leaves.
  public StateTree() {}

  /// Returns the root over leaves.
  ///
  /// @param leaves leaves in the order of collision keys
  public static Sha256 root(Iterator<Sha256> leaves) {
    var tree = new StateTree();
    leaves.forEachRemaining(tree::add);
    return tree.root();
  }

  /// Adds a leaf after all others.
  public void add(Sha256 leaf) {
    byte[] node = leaf.bytes();
    for (long bit = leaves; (bit & 1) == 1; bit >>= 1) {
      node = parent(whole.removeLast(), node);
    }
    whole.add(node);
    leaves++;
  }

  /// Returns the root over the leaves that were added so far.
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

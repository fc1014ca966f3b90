package lazaret.bundle.service;

import java.util.List;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.keys.RootPolicy;
import lazaret.vetting.MalformedException;
import lazaret.vetting.snapshot.SnapshotInfo;

/// Which snapshots a delta shall fit on.
///
/// @param since the oldest of them; 0 for the last three, or what the receipts say
/// @param receipts of the networks that it is for
record Bases(long since, List<Receipt> receipts) {
  /// How many earlier snapshots a delta is for: so many bundles less one may be lost.
  private static final int WINDOW = 3;

  /// Copies the list.
  ///
  /// @throws MalformedException if both are named
  Bases {
    receipts = List.copyOf(receipts);
    if (since != 0 && !receipts.isEmpty()) {
      throw new MalformedException(
          "cannot export since a snapshot and for receipts: name one of them");
    }
  }

  /// Chooses among the snapshots that are kept.
  ///
  /// @param states oldest first
  /// @param stream that is exported
  /// @throws MalformedException if the oldest is not kept
  /// @throws BundleException `bundle-wrong-stream` for a receipt of another stream, `bundle-fork`
  ///   for one of a network that has another snapshot under the same number
  List<BundleStatement.State> among(List<SnapshotInfo> states, RootPolicy.Stream stream) {
    if (states.isEmpty()) {
      throw new MalformedException(
          "cannot export a delta: there is no snapshot of the stream %s before; export its first one in full"
              .formatted(stream.name()));
    }
    receipts.forEach(receipt -> check(receipt, states, stream));
    long oldest = receipts.stream().mapToLong(Receipt::sequence).min().orElse(since);
    if (oldest != 0) {
      kept(oldest, states);
    }
    return states.stream()
        .skip(oldest == 0 ? Math.max(0, states.size() - WINDOW) : 0)
        .filter(s -> s.sequence() >= oldest)
        .map(s -> new BundleStatement.State(s.sequence(), s.stateRoot()))
        .toList();
  }

  private static void check(Receipt receipt, List<SnapshotInfo> states, RootPolicy.Stream stream) {
    if (!receipt.stream().equals(stream.uuid().toString())) {
      throw new BundleException(
          BundleCode.BUNDLE_WRONG_STREAM,
          "cannot export for a network of the stream %s: the keys are of the stream %s (%s)"
              .formatted(receipt.stream(), stream.name(), stream.uuid()));
    }
    SnapshotInfo here = kept(receipt.sequence(), states);
    if (!here.stateRoot().equals(receipt.stateRoot())) {
      throw new BundleException(
          BundleCode.BUNDLE_FORK,
          ("cannot export for a network that has snapshot %d with the state root %s: here it has %s;"
                  + " find out where its bundle %s came from before you go on")
              .formatted(
                  receipt.sequence(), receipt.stateRoot(), here.stateRoot(), receipt.bundle()));
    }
  }

  private static SnapshotInfo kept(long sequence, List<SnapshotInfo> states) {
    return states.stream()
        .filter(s -> s.sequence() == sequence)
        .findFirst()
        .orElseThrow(
            () ->
                new MalformedException(
                    "cannot export a delta since snapshot %d: kept are %s; export in full with --kind full"
                        .formatted(
                            sequence, states.stream().map(SnapshotInfo::sequence).toList())));
  }
}

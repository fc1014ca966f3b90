package lazaret.bundle.service;

import java.util.List;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.trust.RootPolicy;
import lazaret.vetting.MalformedException;
import lazaret.vetting.snapshot.SnapshotInfo;

/// The requested base snapshots of a delta.
///
/// @param since the sequence of the oldest base, or 0 for the default: the receipts, or else the
///   last three snapshots
/// @param receipts the receipts of the networks that the delta is for
record DeltaBases(long since, List<Receipt> receipts) {
  /// The default number of base snapshots. One bundle less than this number may be lost.
  private static final int WINDOW = 3;

  /// Copies the list.
  ///
  /// @throws MalformedException if both a snapshot and receipts are given
  DeltaBases {
    receipts = List.copyOf(receipts);
    if (since != 0 && !receipts.isEmpty()) {
      throw new MalformedException(
          "cannot export since a snapshot and for receipts: name one of them");
    }
  }

  /// Selects the bases among the stored snapshots.
  ///
  /// @param states the stored snapshots, oldest first
  /// @param stream the stream that is exported
  /// @return the bases, oldest first
  /// @throws MalformedException if there is no snapshot, or the oldest base is not stored
  /// @throws BundleException `bundle-wrong-stream` for a receipt of another stream, `bundle-fork`
  ///   for a receipt whose snapshot has another state root here
  List<BundleStatement.State> among(List<SnapshotInfo> states, RootPolicy.Stream stream) {
    if (states.isEmpty()) {
      throw new MalformedException(
          "cannot export a delta: there is no earlier snapshot of the stream %s; export its first one in full"
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
                  + " find out where its bundle %s came from before you continue")
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

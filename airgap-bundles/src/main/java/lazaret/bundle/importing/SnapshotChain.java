package lazaret.bundle.importing;

import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.BundleStatement;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;

/// The order of the stored snapshots, which determines whether a bundle can be imported next.
///
/// @param noted the stored snapshots in the order of sequences
record SnapshotChain(List<SnapshotInfo> noted) {
  /// Copies the list.
  SnapshotChain {
    noted = List.copyOf(noted);
  }

  /// The position of a bundle relative to the stored snapshots.
  sealed interface Position {
    /// A bundle that can be imported now.
    ///
    /// @param base the sequence of the newest snapshot, or 0 for none
    record Next(long base) implements Position {}

    /// A bundle whose state is stored already.
    ///
    /// @param snapshot the stored snapshot
    record AlreadyImported(SnapshotInfo snapshot) implements Position {}

    /// A bundle whose base has not been imported yet.
    ///
    /// @param needed the least sequence that must be imported first
    /// @param ask a message that names the bundle to request
    record BaseMissing(long needed, String ask) implements Position {}
  }

  private Optional<SnapshotInfo> newest() {
    return noted.isEmpty() ? Optional.empty() : Optional.of(noted.getLast());
  }

  /// Returns the sequence of the newest snapshot, or 0 for none. Bundles follow the newest
  /// snapshot, even if an older one is served after a rollback.
  long base() {
    return newest().map(SnapshotInfo::sequence).orElse(0L);
  }

  /// Determines the position of a bundle.
  ///
  /// @param statement the statement of the bundle
  /// @param digest the SHA-256 of the statement file
  /// @throws BundleException `bundle-replayed`, `bundle-fork`, `bundle-base-mismatch`; for a
  ///   revocation also `bundle-sequence-gap`
  Position position(BundleStatement statement, Sha256 digest) {
    if (statement.kind() == SnapshotKind.REVOCATION) {
      return revocation(statement);
    }
    for (SnapshotInfo info : noted) {
      if (info.sequence() == statement.sequence()) {
        same(info, statement, digest);
      }
    }
    if (statement.sequence() == base()) {
      return new Position.AlreadyImported(noted.getLast());
    }
    if (statement.sequence() < base()) {
      throw new BundleException(
          BundleCode.BUNDLE_REPLAYED,
          "cannot import %s: %s is stored, which is newer; nothing is left to do; to serve an older one again, roll back"
              .formatted(what(statement), stored()));
    }
    return statement.kind() == SnapshotKind.FULL ? new Position.Next(base()) : delta(statement);
  }

  private static void same(SnapshotInfo info, BundleStatement statement, Sha256 digest) {
    if (!info.stateRoot().equals(statement.result().stateRoot())) {
      throw new BundleException(
          BundleCode.BUNDLE_FORK,
          ("cannot import %s with the state root %s (bundle %s): snapshot %d is stored with the state"
                  + " root %s (bundle %s); officers signed two bundles that contradict each other,"
                  + " so compare both with them before you continue")
              .formatted(
                  what(statement),
                  statement.result().stateRoot(),
                  digest,
                  info.sequence(),
                  info.stateRoot(),
                  info.bundle()));
    }
  }

  private Position delta(BundleStatement statement) {
    long oldest = statement.bases().getFirst().sequence();
    if (oldest > base()) {
      return new Position.BaseMissing(oldest, ask(statement));
    }
    BundleStatement.State base =
        statement.bases().stream()
            .filter(b -> b.sequence() == base())
            .findFirst()
            .orElseThrow(() -> mismatch(statement));
    if (newest().filter(n -> n.stateRoot().equals(base.stateRoot())).isEmpty()) {
      throw mismatch(statement);
    }
    return new Position.Next(base());
  }

  private BundleException mismatch(BundleStatement statement) {
    return new BundleException(
        BundleCode.BUNDLE_BASE_MISMATCH,
        "cannot import %s: it builds on %s, %s is stored; ask for a full bundle"
            .formatted(what(statement), bases(statement), stored()));
  }

  private Position revocation(BundleStatement statement) {
    if (base() == 0 || base() < statement.minSequence()) {
      throw new BundleException(
          BundleCode.BUNDLE_SEQUENCE_GAP,
          "cannot import %s: it needs snapshot %d at least, %s is stored; ask for a full bundle"
              .formatted(what(statement), Math.max(1, statement.minSequence()), stored()));
    }
    return new Position.Next(base());
  }

  /// Returns a message that names the bundle to request before a delta whose base is missing.
  private String ask(BundleStatement statement) {
    return base() == 0
        ? "cannot import %s: no snapshot is stored yet; ask for a full bundle"
            .formatted(what(statement))
        : "cannot import %s: it builds on %s, %s is stored; ask for a delta since %d, or for any full bundle"
            .formatted(what(statement), bases(statement), stored(), base());
  }

  private static String bases(BundleStatement statement) {
    return "snapshot "
        + String.join(
            " or ",
            statement.bases().stream()
                .map(b -> "%d (state root %s)".formatted(b.sequence(), brief(b.stateRoot())))
                .toList());
  }

  private String stored() {
    return newest()
        .map(
            n ->
                "snapshot e%d/%d (state root %s)"
                    .formatted(n.epoch(), n.sequence(), brief(n.stateRoot())))
        .orElse("nothing");
  }

  private static String brief(Sha256 root) {
    return root.hex().substring(0, 16);
  }

  /// Returns the name of a bundle for messages.
  static String what(BundleStatement statement) {
    return "%s %s e%d/%d"
        .formatted(
            statement.kind().code(),
            statement.stream().name(),
            statement.epoch(),
            statement.sequence());
  }
}

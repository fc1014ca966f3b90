package lazaret.bundle.importing;

import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.BundleStatement;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;

/// Where a bundle belongs among the snapshots that are held.
///
/// @param noted the snapshots, by sequence
record Chain(List<SnapshotInfo> noted) {
  /// Copies the list.
  Chain {
    noted = List.copyOf(noted);
  }

  /// A place.
  sealed interface Place {
    /// It is imported next.
    ///
    /// @param base the sequence of the newest snapshot; 0 for none
    record Next(long base) implements Place {}

    /// What it brings is held.
    record Held(SnapshotInfo snapshot) implements Place {}

    /// It builds on what is not here yet.
    ///
    /// @param needed the least sequence that has to come first
    /// @param ask what to ask for
    record Early(long needed, String ask) implements Place {}
  }

  private Optional<SnapshotInfo> newest() {
    return noted.isEmpty() ? Optional.empty() : Optional.of(noted.getLast());
  }

  /// Returns the sequence of the newest snapshot; 0 for none. Bundles follow it, whatever older one
  /// is served at the moment.
  long base() {
    return newest().map(SnapshotInfo::sequence).orElse(0L);
  }

  /// Finds the place of a bundle.
  ///
  /// @param digest of its statement
  /// @throws BundleException `bundle-replayed`, `bundle-fork`, `bundle-base-mismatch`; for a
  ///   revocation also `bundle-sequence-gap`
  Place place(BundleStatement statement, Sha256 digest) {
    if (statement.kind() == SnapshotKind.REVOCATION) {
      return revocation(statement);
    }
    for (SnapshotInfo info : noted) {
      if (info.sequence() == statement.sequence()) {
        same(info, statement, digest);
      }
    }
    if (statement.sequence() == base()) {
      return new Place.Held(noted.getLast());
    }
    if (statement.sequence() < base()) {
      throw new BundleException(
          BundleCode.BUNDLE_REPLAYED,
          "cannot import %s: %s is held, which is newer; nothing is left to do; to serve an older one again, roll back"
              .formatted(what(statement), held()));
    }
    return statement.kind() == SnapshotKind.FULL ? new Place.Next(base()) : delta(statement);
  }

  private static void same(SnapshotInfo info, BundleStatement statement, Sha256 digest) {
    if (!info.stateRoot().equals(statement.result().stateRoot())) {
      throw new BundleException(
          BundleCode.BUNDLE_FORK,
          ("cannot import %s with the state root %s (bundle %s): snapshot %d is held with the state"
                  + " root %s (bundle %s); two bundles that officers signed tell different things,"
                  + " so compare both with them before you go on")
              .formatted(
                  what(statement),
                  statement.result().stateRoot(),
                  digest,
                  info.sequence(),
                  info.stateRoot(),
                  info.bundle()));
    }
  }

  private Place delta(BundleStatement statement) {
    long oldest = statement.bases().getFirst().sequence();
    if (oldest > base()) {
      return new Place.Early(oldest, ask(statement));
    }
    BundleStatement.State base =
        statement.bases().stream()
            .filter(b -> b.sequence() == base())
            .findFirst()
            .orElseThrow(() -> mismatch(statement));
    if (newest().filter(n -> n.stateRoot().equals(base.stateRoot())).isEmpty()) {
      throw mismatch(statement);
    }
    return new Place.Next(base());
  }

  private BundleException mismatch(BundleStatement statement) {
    return new BundleException(
        BundleCode.BUNDLE_BASE_MISMATCH,
        "cannot import %s: it builds on %s, %s is held; ask for a full bundle"
            .formatted(what(statement), bases(statement), held()));
  }

  private Place revocation(BundleStatement statement) {
    if (base() == 0 || base() < statement.minSequence()) {
      throw new BundleException(
          BundleCode.BUNDLE_SEQUENCE_GAP,
          "cannot import %s: it needs snapshot %d at least, %s is held; ask for a full bundle"
              .formatted(what(statement), Math.max(1, statement.minSequence()), held()));
    }
    return new Place.Next(base());
  }

  /// Returns what to ask for where a delta came before what it builds on.
  private String ask(BundleStatement statement) {
    return base() == 0
        ? "cannot import %s: nothing is held yet; ask for a full bundle".formatted(what(statement))
        : "cannot import %s: it builds on %s, %s is held; ask for a delta since %d, or for any full bundle"
            .formatted(what(statement), bases(statement), held(), base());
  }

  private static String bases(BundleStatement statement) {
    return "snapshot "
        + String.join(
            " or ",
            statement.bases().stream()
                .map(b -> "%d (state root %s)".formatted(b.sequence(), brief(b.stateRoot())))
                .toList());
  }

  private String held() {
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

  /// Returns a bundle as messages name it.
  static String what(BundleStatement statement) {
    return "%s %s e%d/%d"
        .formatted(
            statement.kind().word(),
            statement.stream().name(),
            statement.epoch(),
            statement.sequence());
  }
}

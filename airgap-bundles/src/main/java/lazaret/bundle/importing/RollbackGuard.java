package lazaret.bundle.importing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.desk.snapshots.StoreLag;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.ledger.Notice;

/// The high-water mark of a site and the state of its store.
///
/// @param context the site
record RollbackGuard(ImportContext context) {
  /// Returns the high-water mark, or empty if there was no import.
  ///
  /// @throws BundleException `trust-unusable` if the file cannot be read
  Optional<HighWaterMark> newest() {
    return HighWaterMark.read(HighWaterMark.beside(context.data()));
  }

  /// Returns the mark that corresponds to this store, or empty if no root is trusted.
  Optional<HighWaterMark> store() {
    return HighWaterMark.of(context.store());
  }

  /// Writes the mark of this store as the high-water mark, if a root is trusted.
  ///
  /// @throws IOException if it cannot be written
  void write() throws IOException {
    Optional<HighWaterMark> mark = store();
    if (mark.isPresent()) {
      mark.get().write(HighWaterMark.beside(context.data()));
    }
  }

  /// Refuses a store that was restored from a backup.
  ///
  /// @throws BundleException `highwater-behind`; `trust-unusable` if the mark cannot be read
  void requireNotBehind() {
    String lag = newest().map(this::lag).orElse("");
    if (!lag.isEmpty()) {
      throw new BundleException(
          BundleCode.HIGHWATER_BEHIND,
          "cannot import: %s; if the store was restored from a backup, %s".formatted(lag, next()));
    }
  }

  /// Returns how far the store is behind, with the next step; or empty if it is not behind.
  Optional<StoreLag> storeLag() {
    long held = new SnapshotChain(context.desk().all()).base();
    try {
      // The mark is read before the store: an import that finishes meanwhile does not count as a
      // lag.
      Optional<HighWaterMark> newest = newest();
      String lag = newest.map(this::lag).orElse("");
      return lag.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new StoreLag(
                  held,
                  newest.orElseThrow().sequence(),
                  lag
                      + ": the store was restored from a backup; imports are refused, and versions that were denied since may be served",
                  next()));
    } catch (BundleException e) {
      return Optional.of(
          new StoreLag(
              held,
              0,
              "the high-water mark of the store cannot be read; imports are refused",
              String.valueOf(e.getMessage())));
    }
  }

  private String lag(HighWaterMark newest) {
    return store()
        .map(now -> String.join(", ", newest.behind(now)))
        .orElseGet(
            () ->
                "the store trusts no root, its high-water mark names snapshot %d"
                    .formatted(newest.sequence()));
  }

  private String next() {
    return "stop the server, run 'vetting-cli trust acknowledge-restore --data-dir %s --reason TEXT', and import the bundles since then, at least the newest"
        .formatted(context.data());
  }

  /// Accepts the store as current.
  ///
  /// @return the new high-water mark
  HighWaterMark acknowledge(String reason, String by) {
    HighWaterMark now =
        store()
            .orElseThrow(
                () ->
                    new BundleException(
                        BundleCode.TRUST_UNUSABLE,
                        "cannot acknowledge the restore: no root is trusted; run 'vetting-cli"
                            + " trust init' first"));
    String before = readable().map(HighWaterMark::line).orElse("none that can be read");
    Notice notice =
        new Notice(
            Notice.Kind.RESTORED,
            context.clock().instant(),
            by,
            null,
            null,
            "the store counts as current although imports came further: mark %s, from now on %s: %s"
                .formatted(before, now.line(), reason));
    context.store().commit(Batch.synced(List.<Batch.Write>of(new Batch.Write.Append(notice))));
    try {
      now.write(HighWaterMark.beside(context.data()));
    } catch (IOException e) {
      String why = PrivateFiles.describe(e);
      throw new BundleException(
          code(why),
          "cannot write the high-water mark of '%s': %s".formatted(context.data(), why),
          e);
    }
    return now;
  }

  /// Returns the code of a write failure with a given description.
  static BundleCode code(String why) {
    return why.contains("No space left") || why.contains("quota")
        ? BundleCode.SPACE_INSUFFICIENT
        : BundleCode.TRUST_UNUSABLE;
  }

  private Optional<HighWaterMark> readable() {
    try {
      return newest();
    } catch (BundleException _) {
      return Optional.empty();
    }
  }
}

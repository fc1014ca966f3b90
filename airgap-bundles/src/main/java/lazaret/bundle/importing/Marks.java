package lazaret.bundle.importing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.RootPolicy;
import lazaret.bundle.keys.StoredTrust;
import lazaret.bundle.tuf.Metadata;
import lazaret.storage.PrivateFiles;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.ledger.Notice;

/// How far the imports of a site ever came, and how far its store is.
///
/// @param site where bundles are imported
record Marks(Site site) {
  /// Returns how far imports ever came; empty where none did.
  ///
  /// @throws BundleException `trust-unusable` if the file cannot be read
  Optional<HighWater> newest() {
    return HighWater.read(HighWater.beside(site.data()));
  }

  /// Returns how far this store is; empty where no root is trusted.
  Optional<HighWater> store() {
    StoredTrust trust = new StoredTrust(site.store());
    Optional<Metadata.Root> root = trust.root();
    if (root.isEmpty()) {
      return Optional.empty();
    }
    RootPolicy policy = RootPolicy.of(root.get());
    return Optional.of(
        new HighWater(
            policy.stream().uuid().toString(),
            policy.epoch(),
            new Chain(site.desk().all()).base(),
            root.get().version(),
            trust.clockFloor()));
  }

  /// Writes down how far the store is, where a root is trusted.
  ///
  /// @throws IOException if it cannot be written
  void write() throws IOException {
    Optional<HighWater> mark = store();
    if (mark.isPresent()) {
      mark.get().write(HighWater.beside(site.data()));
    }
  }

  /// Refuses to go on with a store that was brought back.
  ///
  /// @throws BundleException `highwater-behind`
  void requireNotBehind() {
    Optional<HighWater> before = newest();
    if (before.isEmpty()) {
      return;
    }
    String lag =
        store()
            .map(now -> String.join(", ", before.get().behind(now)))
            .orElse("no root is trusted");
    if (!lag.isEmpty()) {
      throw new BundleException(
          BundleCode.HIGHWATER_BEHIND,
          ("cannot import: imports on this data folder came further than its store is: %s; if it was"
                  + " brought back from a backup, say so with 'vetting-cli trust"
                  + " acknowledge-restore'")
              .formatted(lag));
    }
  }

  /// Takes the store as it is for the newest that there is.
  ///
  /// @return the mark from now on
  HighWater acknowledge(String reason, String by) {
    HighWater now =
        store()
            .orElseThrow(
                () ->
                    new BundleException(
                        BundleCode.TRUST_UNUSABLE,
                        "cannot acknowledge the restore: no root is trusted; run 'vetting-cli"
                            + " trust init' first"));
    String before = readable().map(HighWater::line).orElse("none that can be read");
    Notice notice =
        new Notice(
            Notice.Kind.RESTORED,
            site.clock().instant(),
            by,
            null,
            null,
            "the store counts as current although imports came further: mark %s, from now on %s: %s"
                .formatted(before, now.line(), reason));
    site.store().commit(Batch.synced(List.<Batch.Write>of(new Batch.Write.Append(notice))));
    try {
      now.write(HighWater.beside(site.data()));
    } catch (IOException e) {
      String why = PrivateFiles.describe(e);
      throw new BundleException(
          code(why), "cannot write the mark beside '%s': %s".formatted(site.data(), why), e);
    }
    return now;
  }

  /// Returns the code of what could not be written.
  static BundleCode code(String why) {
    return why.contains("No space left") || why.contains("quota")
        ? BundleCode.SPACE_INSUFFICIENT
        : BundleCode.TRUST_UNUSABLE;
  }

  private Optional<HighWater> readable() {
    try {
      return newest();
    } catch (BundleException _) {
      return Optional.empty();
    }
  }
}

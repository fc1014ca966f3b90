package lazaret.bundle.importing;

import java.time.Instant;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;

/// The last imported bundle of advisories.
///
/// @param epoch its epoch
/// @param number its number among the bundles of advisories of the stream
/// @param bundle the SHA-256 of its statement
/// @param issued the time of its export
/// @param at the time of the import
record ImportedAdvisories(long epoch, long number, Sha256 bundle, Instant issued, Instant at) {
  /// Returns the last import, or empty if there was none.
  static Optional<ImportedAdvisories> of(Store store) {
    return store
        .meta(MetaKey.BUNDLE_ADVISORIES)
        .map(Bytes::text)
        .filter(text -> !text.isEmpty())
        .map(ImportedAdvisories::parse);
  }

  private static ImportedAdvisories parse(String text) {
    String[] words = text.split(" ", 5);
    return new ImportedAdvisories(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Sha256.parse(words[2]),
        Instant.parse(words[3]),
        Instant.parse(words[4]));
  }

  /// Returns the write that stores this as the last import.
  Batch.Write write() {
    return new Batch.Write.PutMeta(
        MetaKey.BUNDLE_ADVISORIES,
        Bytes.utf8("%d %d %s %s %s".formatted(epoch, number, bundle, issued, at)));
  }
}

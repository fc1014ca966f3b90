package lazaret.bundle.importing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.format.BundleStatement;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;

/// The imported revocations, for which no snapshots are stored.
///
/// @param all the revocations, newest last, at most 500
record ImportedRevocations(List<Revocation> all) {
  private static final int MOST = 500;

  /// Copies the list.
  ImportedRevocations {
    all = List.copyOf(all);
  }

  /// An imported revocation.
  ///
  /// @param bundle the SHA-256 of its statement
  /// @param at the time of the import
  /// @param number its epoch and sequence, for example `e1/3`; blank in records of earlier releases
  /// @param versions the number of denied versions; 0 in records of earlier releases
  record Revocation(Sha256 bundle, Instant at, String number, long versions) {
    /// Returns the sequence, or [Long#MAX_VALUE] if it was not recorded.
    long sequence() {
      return number.isEmpty()
          ? Long.MAX_VALUE
          : Long.parseLong(number.substring(number.indexOf('/') + 1));
    }

    /// Returns the name for messages.
    String name() {
      return number.isEmpty() ? "the revocation with the sha256 " + bundle : "revocation " + number;
    }
  }

  static ImportedRevocations of(Store store) {
    return new ImportedRevocations(
        store
            .meta(MetaKey.BUNDLE_REVOCATIONS)
            .map(Bytes::text)
            .orElse("")
            .lines()
            .map(ImportedRevocations::parse)
            .toList());
  }

  private static Revocation parse(String line) {
    String[] words = line.split(" ", 4);
    return new Revocation(
        Sha256.parse(words[0]),
        Instant.parse(words[1]),
        words.length > 2 ? words[2] : "",
        words.length > 3 ? Long.parseLong(words[3]) : 0);
  }

  Optional<Revocation> find(Sha256 bundle) {
    return all.stream().filter(r -> r.bundle().equals(bundle)).findFirst();
  }

  /// Returns the write that adds a revocation.
  Batch.Write with(Sha256 bundle, Instant at, BundleStatement statement) {
    List<Revocation> more = new ArrayList<>(all);
    String number = "e%d/%d".formatted(statement.epoch(), statement.sequence());
    more.add(new Revocation(bundle, at, number, statement.contents().entries()));
    var text = new StringBuilder();
    more.subList(Math.max(0, more.size() - MOST), more.size())
        .forEach(
            r ->
                text.append(
                    r.number().isEmpty()
                        ? "%s %s\n".formatted(r.bundle(), r.at())
                        : "%s %s %s %d\n".formatted(r.bundle(), r.at(), r.number(), r.versions())));
    return new Batch.Write.PutMeta(MetaKey.BUNDLE_REVOCATIONS, Bytes.utf8(text.toString()));
  }
}

package lazaret.bundle.importing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.desk.Store;

/// The revocations that were imported: no snapshot notes them.
///
/// @param all the newest last
record PastRevocations(List<Revocation> all) {
  private static final String NAME = "bundle.revocations";
  private static final int MOST = 500;

  /// Copies the list.
  PastRevocations {
    all = List.copyOf(all);
  }

  /// One of them.
  ///
  /// @param bundle SHA-256 of its statement
  /// @param at when it was imported
  record Revocation(Sha256 bundle, Instant at) {}

  static PastRevocations of(Store store) {
    return new PastRevocations(
        store.meta(NAME).map(Bytes::text).orElse("").lines().map(PastRevocations::parse).toList());
  }

  private static Revocation parse(String line) {
    int space = line.indexOf(' ');
    return new Revocation(
        Sha256.parse(line.substring(0, space)), Instant.parse(line.substring(space + 1)));
  }

  Optional<Revocation> find(Sha256 bundle) {
    return all.stream().filter(r -> r.bundle().equals(bundle)).findFirst();
  }

  /// Returns the write that adds one.
  Batch.Write with(Sha256 bundle, Instant at) {
    List<Revocation> more = new ArrayList<>(all);
    more.add(new Revocation(bundle, at));
    var text = new StringBuilder();
    more.subList(Math.max(0, more.size() - MOST), more.size())
        .forEach(r -> text.append(r.bundle()).append(' ').append(r.at()).append('\n'));
    return new Batch.Write.PutMeta(NAME, Bytes.utf8(text.toString()));
  }
}

package lazaret.bundle.importing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;

/// The consent of two persons to import an expired bundle. Both must consent to the same bytes
/// within a week, and each consent is recorded in the ledger. The store keeps the consents for the
/// last such bundle only.
final class ExpiryWaivers {
  /// The period for which a consent is valid.
  static final Duration COUNTS = Duration.ofDays(7);

  private static final int NEEDED = 2;

  private final Store store;
  private final Instant now;

  ExpiryWaivers(Store store, Instant now) {
    this.store = store;
    this.now = now;
  }

  /// The consent of one person.
  ///
  /// @param bundle the SHA-256 of the statement
  /// @param at the time of the consent
  /// @param by the person, as named by the request
  private record Word(Sha256 bundle, Instant at, String by) {
    static Word parse(String line) {
      String[] fields = line.split(" ", 3);
      return new Word(Sha256.parse(fields[0]), Instant.parse(fields[1]), fields[2]);
    }

    String line() {
      return bundle + " " + at + " " + by + "\n";
    }
  }

  /// Records the consent of the person who requests an import, and returns if enough persons have
  /// consented.
  ///
  /// @param order the request
  /// @param bundle the SHA-256 of the statement, whose metadata is verified
  /// @param expiry the refusal because of the expiry
  /// @throws BundleException `metadata-expired` while the consent of a person is missing
  void require(ImportOptions order, Sha256 bundle, BundleException expiry) {
    SequencedMap<String, Word> words = new TreeMap<>();
    for (Word word : words(bundle)) {
      words.put(Decision.person(word.by()), word);
    }
    boolean enough = words.size() >= NEEDED;
    if (words.putIfAbsent(Decision.person(order.by()), new Word(bundle, now, order.by())) == null
        && !enough) {
      write(order, bundle, expiry, List.copyOf(words.values()));
    }
    if (words.size() < NEEDED) {
      throw new BundleException(
          BundleCode.METADATA_EXPIRED,
          "%s; %s accepts it nevertheless: a second person must give the same command within %d days"
              .formatted(expiry.getMessage(), order.by(), COUNTS.toDays()),
          expiry);
    }
  }

  private List<Word> words(Sha256 bundle) {
    return store
        .meta(MetaKey.BUNDLE_WAIVERS)
        .map(Bytes::text)
        .orElse("")
        .lines()
        .map(Word::parse)
        .filter(word -> word.bundle().equals(bundle))
        .filter(word -> TimeSpan.from(word.at(), COUNTS).holds(now))
        .toList();
  }

  private void write(ImportOptions order, Sha256 bundle, BundleException expiry, List<Word> words) {
    var text = new StringBuilder();
    words.forEach(word -> text.append(word.line()));
    Notice notice =
        new Notice(
            Notice.Kind.EXPIRY_WAIVED,
            now,
            order.by(),
            null,
            null,
            "the bundle %s may come in although: %s; person %d of %d: %s"
                .formatted(
                    bundle,
                    expiry.getMessage(),
                    words.size(),
                    NEEDED,
                    order.despiteExpiry().orElse("")));
    store.commit(
        Batch.synced(
            List.of(
                new Batch.Write.PutMeta(MetaKey.BUNDLE_WAIVERS, Bytes.utf8(text.toString())),
                new Batch.Write.Append(notice))));
  }
}

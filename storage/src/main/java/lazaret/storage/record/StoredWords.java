package lazaret.storage.record;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.index.OmissionReason;
import lazaret.vetting.inspect.Ioc;
import lazaret.vetting.snapshot.SnapshotKind;

/// The words by which records name the constants of an enum. They are written out, so that a
/// constant can get another name while stored records stay readable.
final class StoredWords<E extends Enum<E>> {
  static final StoredWords<OmissionReason> LEFT_OUT_REASON =
      new StoredWords<>(
          OmissionReason.class,
          reason ->
              switch (reason) {
                case NOT_JSON -> "NOT_JSON";
                case CONTROL_CHARACTER -> "CONTROL_CHARACTER";
                case DUPLICATE_KEY -> "DUPLICATE_KEY";
                case WRONG_NAME -> "WRONG_NAME";
                case BAD_CKSUM -> "BAD_CKSUM";
                case DUPLICATE_VERSION -> "DUPLICATE_VERSION";
                case FOREIGN_REGISTRY -> "FOREIGN_REGISTRY";
                case INVALID -> "INVALID";
                case OVER_LIMIT -> "OVER_LIMIT";
              });

  static final StoredWords<FeedFormat> FEED_FORMAT =
      new StoredWords<>(
          FeedFormat.class,
          format ->
              switch (format) {
                case RUSTSEC -> "RUSTSEC";
                case OSV -> "OSV";
                case LOCAL -> "LOCAL";
              });

  static final StoredWords<AdvisoryKind> ADVISORY_KIND =
      new StoredWords<>(
          AdvisoryKind.class,
          kind ->
              switch (kind) {
                case MALWARE -> "MALWARE";
                case VULNERABILITY -> "VULNERABILITY";
                case UNSOUND -> "UNSOUND";
                case UNMAINTAINED -> "UNMAINTAINED";
                case NOTICE -> "NOTICE";
              });

  static final StoredWords<Severity> SEVERITY =
      new StoredWords<>(
          Severity.class,
          severity ->
              switch (severity) {
                case NONE -> "NONE";
                case LOW -> "LOW";
                case MEDIUM -> "MEDIUM";
                case HIGH -> "HIGH";
                case CRITICAL -> "CRITICAL";
                case UNKNOWN -> "UNKNOWN";
              });

  static final StoredWords<Ioc.Kind> INDICATOR_KIND =
      new StoredWords<>(
          Ioc.Kind.class,
          kind ->
              switch (kind) {
                case SHA256 -> "SHA256";
                case DOMAIN -> "DOMAIN";
                case URL -> "URL";
                case IP -> "IP";
                case TEXT -> "TEXT";
              });

  static final StoredWords<SnapshotKind> SNAPSHOT_KIND =
      new StoredWords<>(
          SnapshotKind.class,
          kind ->
              switch (kind) {
                case FULL -> "FULL";
                case DELTA -> "DELTA";
                case REVOCATION -> "REVOCATION";
                case ADVISORIES -> "ADVISORIES";
              });

  private final Map<E, String> words;
  private final Map<String, E> constants;

  private StoredWords(Class<E> type, Function<E, String> word) {
    Map<E, String> written = new EnumMap<>(type);
    Map<String, E> read = new HashMap<>();
    for (E constant : type.getEnumConstants()) {
      written.put(constant, word.apply(constant));
      read.put(word.apply(constant), constant);
    }
    words = Map.copyOf(written);
    constants = Map.copyOf(read);
  }

  /// Returns the word of a constant.
  String of(E constant) {
    String word = words.get(constant);
    if (word == null) {
      throw new IllegalArgumentException("no word for " + constant);
    }
    return word;
  }

  /// Returns the constant that a word names.
  ///
  /// @throws IllegalArgumentException if it names none
  E parse(String word) {
    E constant = constants.get(word);
    if (constant == null) {
      throw new IllegalArgumentException("unknown word of " + word.length() + " characters");
    }
    return constant;
  }
}

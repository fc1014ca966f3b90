package lazaret.vetting.deskapi;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Secret;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.bundles.ServerPath;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.json.TextType;
import lazaret.vetting.json.UnknownFields;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;

/// The JSON of the desk API. Requests are read strictly: an unknown field may be a misspelled
/// `expires`. Replies are read tolerantly: a newer server may have more fields. Thread-safe.
public final class DeskJson {
  private static final List<TextType<?>> TYPES =
      List.of(
          TextType.of(CrateName.class, "the name of a crate", CrateName::parse),
          TextType.of(CrateVersion.class, "a version", CrateVersion::parse),
          TextType.of(CrateSpec.class, "NAME, NAME@VERSION or NAME@REQUIREMENT", CrateSpec::parse),
          TextType.of(Sha256.class, "a SHA-256 of 64 hex digits", Sha256::parse),
          TextType.of(Instant.class, "a time like 2026-12-31T00:00:00Z", Instant::parse),
          TextType.of(LocalDate.class, "a date like 2026-12-31", LocalDate::parse),
          TextType.of(URI.class, "an address", URI::create),
          TextType.of(ServerPath.class, "an absolute path on the server", ServerPath::new),
          new TextType<>(Secret.class, "a secret", Secret::new, Secret::text),
          // A newer server may have more codes.
          new TextType<>(
              ErrorCode.class,
              "an error code",
              code -> KebabCase.parse(ErrorCode.class, code).orElse(ErrorCode.INTERNAL),
              ErrorCode::code),
          new TextType<>(
              Bytes.class,
              "bytes in base64",
              text -> Bytes.of(Base64.getDecoder().decode(text)),
              bytes -> Base64.getEncoder().encodeToString(bytes.array())));

  private static final int REQUEST_DEPTH = 8;
  private static final int REPLY_DEPTH = 64;

  /// The largest number of values of a request for which a token of any scope suffices. Empty
  /// objects of 600 KB occupy twenty times as much heap.
  private static final int FEW_VALUES = 1_000;

  private static final int MANY_VALUES = 200_000;
  private static final int REPLY_VALUES = 50_000_000;
  private static final int REPLY_BYTES = 256 << 20;

  private DeskJson() {}

  /// Each codec is made when it is used first: a command reads replies alone.
  private static final class Replies {
    static final RecordCodec CODEC =
        RecordCodec.of(
            TYPES,
            new JsonLimits(REPLY_BYTES, REPLY_DEPTH, REPLY_VALUES),
            UnknownFields.IGNORED,
            "the reply");
  }

  private static final class SmallRequests {
    static final RecordCodec CODEC = requests(FEW_VALUES);
  }

  private static final class Requests {
    static final RecordCodec CODEC = requests(MANY_VALUES);
  }

  private static RecordCodec requests(int maxValues) {
    return RecordCodec.of(
        TYPES,
        new JsonLimits(Body.JSON.maxBytes(), REQUEST_DEPTH, maxValues),
        UnknownFields.REFUSED,
        "the request");
  }

  /// Returns the codec of the requests of an operation.
  static RecordCodec requests(Operation<?, ?> operation) {
    return switch (operation.access()) {
      case PUBLIC, ANYONE, OPEN, REQUEST, READ -> SmallRequests.CODEC;
      case PREFETCH, INSPECT, REVIEW, AUDIT, ADMIN -> Requests.CODEC;
    };
  }

  /// Writes a record.
  public static Bytes encode(Record value) {
    return Replies.CODEC.encode(value);
  }

  /// Writes a record of a bounded size.
  ///
  /// @throws lazaret.vetting.MalformedException if the document has more bytes than the limit
  public static Bytes encode(Record value, int maxBytes) {
    return Replies.CODEC.encode(value, maxBytes);
  }

  /// Writes the fields of a request.
  static Bytes fields(Map<String, Object> fields) {
    return Replies.CODEC.encode(fields);
  }

  /// Returns the text form of a value, as a path or query has it.
  static String text(Object value) {
    return Replies.CODEC.text(value);
  }

  /// Reads one text of a reply without the preparation that a record needs.
  ///
  /// @param field the name of its field
  /// @return the text; null if the document does not begin as an object that has this text. The
  ///   rest of the document after the field is not read
  public static @Nullable String text(Bytes document, String field) {
    return Replies.CODEC.text(document, field);
  }

  /// Reads a reply.
  ///
  /// @throws lazaret.vetting.MalformedException if the document has another form
  public static <R extends Record> R reply(Class<R> type, Bytes document) {
    return Replies.CODEC.decode(type, document);
  }
}

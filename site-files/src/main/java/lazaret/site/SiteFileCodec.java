package lazaret.site;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.json.TextType;
import lazaret.vetting.json.UnknownFields;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// The stored form of the rows of files. A field that a newer program wrote is ignored; a form with
/// a newer number is refused.
public final class SiteFileCodec {
  private static final int FORMAT = 1;

  private static final RecordCodec JSON =
      RecordCodec.of(
          List.of(
              TextType.of(Instant.class, "a time", Instant::parse),
              TextType.of(Sha256.class, "a SHA-256", Sha256::parse),
              new TextType<>(
                  SiteFileCollection.class,
                  "a collection",
                  text -> Coded.parse(SiteFileCollection.class, text),
                  SiteFileCollection::code)),
          new JsonLimits(16 << 10, 4, 100),
          UnknownFields.IGNORED,
          "the stored row of a file");

  private SiteFileCodec() {}

  /// The form of a row.
  record Stored(
      int format,
      SiteFileCollection collection,
      String path,
      Sha256 sha256,
      long length,
      String mediaType,
      Instant admitted,
      String by,
      String origin,
      @Nullable String reference) {}

  /// Returns the form of a row.
  public static Bytes encode(SiteFileRow row) {
    return JSON.encode(
        new Stored(
            FORMAT,
            row.collection(),
            row.path(),
            row.sha256(),
            row.length(),
            row.mediaType(),
            row.admitted(),
            row.by(),
            row.origin(),
            row.reference()));
  }

  /// Reads the form of a row.
  ///
  /// @throws MalformedException if it is not one
  public static SiteFileRow decode(Bytes form) {
    Stored stored = JSON.decode(Stored.class, form);
    if (stored.format() != FORMAT) {
      throw new MalformedException(
          "cannot read the row of a file: expected format %d, found %d; a newer program wrote it"
              .formatted(FORMAT, stored.format()));
    }
    return new SiteFileRow(
        stored.collection(),
        stored.path(),
        stored.sha256(),
        stored.length(),
        stored.mediaType(),
        stored.admitted(),
        stored.by(),
        stored.origin(),
        stored.reference());
  }
}

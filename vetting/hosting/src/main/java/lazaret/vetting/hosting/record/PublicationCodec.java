package lazaret.vetting.hosting.record;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.json.TextType;
import lazaret.vetting.json.UnknownFields;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// The stored forms of publications and of private names. A field that a newer program wrote is
/// ignored; a form with a newer number is refused.
public final class PublicationCodec {
  /// The number of the form.
  static final int FORMAT = 1;

  /// The maximum length of a publication, in bytes.
  public static final int MAX_LENGTH = 128 << 10;

  private static final RecordCodec JSON =
      RecordCodec.of(
          List.of(
              TextType.of(Instant.class, "a time", Instant::parse),
              TextType.of(Sha256.class, "a SHA-256", Sha256::parse),
              TextType.of(CrateName.class, "the name of a crate", CrateName::parse),
              TextType.of(CrateVersion.class, "a version", CrateVersion::parse),
              new TextType<>(
                  PublicationState.class,
                  "the state of a publication",
                  text -> Coded.parse(PublicationState.class, text),
                  PublicationState::code)),
          new JsonLimits(MAX_LENGTH, 8, 10_000),
          UnknownFields.IGNORED,
          "the stored publication");

  private PublicationCodec() {}

  /// The form of a publication.
  record Stored(
      int format,
      CrateName name,
      CrateVersion version,
      Sha256 cksum,
      String line,
      PublicationState state,
      Instant published,
      Provenance provenance,
      PublicationMetadata metadata,
      @Nullable String reason) {}

  /// The form of a name.
  record StoredName(int format, CrateName name, Instant since, String by, String from) {}

  /// The form of a version number that a repair of the store took from the ledger.
  ///
  /// @param cksum the archive of the version; null if it was deleted
  record StoredNumber(int format, @Nullable Sha256 cksum) {}

  /// Returns the form of a publication.
  ///
  /// @throws MalformedException if it has more than [#MAX_LENGTH] bytes
  public static Bytes encode(Publication publication) {
    CrateId id = publication.id();
    Bytes form =
        JSON.encode(
            new Stored(
                FORMAT,
                id.name(),
                id.version(),
                id.cksum(),
                publication.line(),
                publication.state(),
                publication.published(),
                publication.provenance(),
                publication.metadata(),
                publication.reason()));
    if (form.length() > MAX_LENGTH) {
      throw new MalformedException(
          "cannot store %s: expected at most %d bytes of metadata, found %d"
              .formatted(id, MAX_LENGTH, form.length()));
    }
    return form;
  }

  /// Reads the form of a publication.
  ///
  /// @throws MalformedException if it is not one
  public static Publication decode(Bytes form) {
    Stored stored = JSON.decode(Stored.class, form);
    check(stored.format());
    return new Publication(
        new CrateId(stored.name(), stored.version(), stored.cksum()),
        stored.line(),
        stored.state(),
        stored.published(),
        stored.provenance(),
        stored.metadata(),
        stored.reason());
  }

  /// Returns the form of a name.
  public static Bytes encode(HostedName name) {
    return JSON.encode(new StoredName(FORMAT, name.name(), name.since(), name.by(), name.from()));
  }

  /// Reads the form of a name.
  ///
  /// @throws MalformedException if it is not one
  public static HostedName decodeName(Bytes form) {
    StoredName stored = JSON.decode(StoredName.class, form);
    check(stored.format());
    return new HostedName(stored.name(), stored.since(), stored.by(), stored.from());
  }

  /// Returns whether the form of a version number names an archive.
  ///
  /// @throws MalformedException if it is not one
  static boolean isNumberOf(Sha256 cksum, Bytes form) {
    StoredNumber stored = JSON.decode(StoredNumber.class, form);
    check(stored.format());
    return cksum.equals(stored.cksum());
  }

  private static void check(int format) {
    if (format != FORMAT) {
      throw new MalformedException(
          "cannot read the stored publication: expected format %d, found %d; a newer program wrote"
                  .formatted(FORMAT, format)
              + " it");
    }
  }
}

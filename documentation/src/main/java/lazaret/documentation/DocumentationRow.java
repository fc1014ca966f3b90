package lazaret.documentation;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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
import org.jspecify.annotations.Nullable;

/// The documentation of a version, or the reason why there is none. It is built once.
///
/// @param format the number of the stored form, [#FORMAT]
/// @param id the version with the SHA-256 of its archive
/// @param at the time of the build
/// @param toolchain the toolchain, as `rustc -V` names it; empty if it is not known
/// @param archive the SHA-256 of the archive of pages; null if there are none
/// @param pages the number of pages
/// @param bytes the length of all pages
/// @param first the path of the first page; null if there are none
/// @param shared the pages that are not in the archive
/// @param failure the reason why there are no pages, with the end of cargo's output; null if there
///   are
public record DocumentationRow(
    int format,
    CrateId id,
    Instant at,
    String toolchain,
    @Nullable Sha256 archive,
    int pages,
    long bytes,
    @Nullable String first,
    List<SharedPage> shared,
    @Nullable String failure) {
  /// The number of the stored form.
  public static final int FORMAT = 1;

  /// The beginning of the keys of all rows. The table has other rows, too.
  static final String VERSIONS = "version/";

  private static final RecordCodec JSON =
      RecordCodec.of(
          List.of(
              TextType.of(Instant.class, "a time", Instant::parse),
              TextType.of(Sha256.class, "a SHA-256", Sha256::parse),
              TextType.of(CrateName.class, "the name of a crate", CrateName::parse),
              TextType.of(CrateVersion.class, "a version", CrateVersion::parse)),
          new JsonLimits(256 << 10, 6, 4_000),
          UnknownFields.IGNORED,
          "the stored row of documentation");

  /// Copies the list.
  ///
  /// @throws MalformedException if the form is newer
  public DocumentationRow {
    shared = List.copyOf(shared);
    if (format != FORMAT) {
      throw new MalformedException(
          "cannot read documentation: expected format %d, found %d; a newer program wrote it"
              .formatted(FORMAT, format));
    }
  }

  /// Returns the documentation of a version that has pages.
  static DocumentationRow built(
      CrateId id, Instant at, String toolchain, PageArchiveWriter.Written written) {
    return new DocumentationRow(
        FORMAT,
        id,
        at,
        toolchain,
        written.archive(),
        written.pages(),
        written.bytes(),
        written.first(),
        written.shared(),
        null);
  }

  /// Returns the record of a version without pages.
  static DocumentationRow failed(CrateId id, Instant at, String toolchain, String failure) {
    return new DocumentationRow(FORMAT, id, at, toolchain, null, 0, 0, null, List.of(), failure);
  }

  /// Returns the beginning of the keys of a crate's rows.
  static String key(CrateName name) {
    return VERSIONS + name.collisionKey() + "/";
  }

  /// Returns the key of a version's row.
  static String key(CrateName name, CrateVersion version) {
    return key(name) + version.text();
  }

  /// Returns the files of the pages; empty without pages.
  public List<Sha256> files() {
    return Stream.concat(Stream.ofNullable(archive), shared.stream().map(SharedPage::sha256))
        .distinct()
        .toList();
  }

  /// Returns the stored form.
  public Bytes encode() {
    return JSON.encode(this);
  }

  /// Reads a stored form.
  ///
  /// @throws MalformedException if it is not one
  public static DocumentationRow decode(Bytes form) {
    return JSON.decode(DocumentationRow.class, form);
  }
}

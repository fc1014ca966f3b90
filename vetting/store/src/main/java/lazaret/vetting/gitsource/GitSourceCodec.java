package lazaret.vetting.gitsource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.json.TextType;
import lazaret.vetting.json.UnknownFields;
import lazaret.vetting.lockfile.PackageSource;
import lazaret.vetting.text.Coded;

/// The stored form of Git sources. A field that a newer program wrote is ignored; a form with a
/// newer number is refused.
public final class GitSourceCodec {
  private static final int FORMAT = 1;

  private static final RecordCodec JSON =
      RecordCodec.of(
          List.of(
              TextType.of(Instant.class, "a time", Instant::parse),
              TextType.of(Sha256.class, "a SHA-256", Sha256::parse),
              new TextType<>(
                  GitSourceState.class,
                  "a state",
                  text -> Coded.parse(GitSourceState.class, text),
                  GitSourceState::code)),
          new JsonLimits(DeskRow.MAX_VALUE, 8, 20_000),
          UnknownFields.IGNORED,
          "the stored row of a Git source");

  private GitSourceCodec() {}

  /// The form of a row.
  record Stored(int format, GitSource source) {}

  /// Returns the row of a source.
  ///
  /// @throws MalformedException if it has too many packages for a row
  public static DeskRow row(GitSource source) {
    return new DeskRow(
        DeskTable.GIT_SOURCES,
        source.key(),
        JSON.encode(new Stored(FORMAT, source), DeskRow.MAX_VALUE));
  }

  /// Reads the document of a row.
  ///
  /// @throws MalformedException if it is not one
  public static GitSource decode(Bytes form) {
    Stored stored = JSON.decode(Stored.class, form);
    if (stored.format() != FORMAT) {
      throw new MalformedException(
          "cannot read a Git source: expected format %d, found %d; a newer program wrote it"
              .formatted(FORMAT, stored.format()));
    }
    return stored.source();
  }

  /// Finds the row of a package of a lockfile, or empty if its commit was never fetched.
  public static Optional<GitSource> find(Store store, PackageSource.Git git) {
    String commit = git.commit();
    return commit == null
        ? Optional.empty()
        : store
            .deskRows()
            .find(DeskTable.GIT_SOURCES, GitSource.key(git.url(), commit))
            .map(GitSourceCodec::decode);
  }
}

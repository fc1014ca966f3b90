package lazaret.detonation;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.archive.ArchiveEntry;
import lazaret.vetting.archive.ArchiveReadResult;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.EntryContent;
import lazaret.vetting.archive.InspectLimits;

/// A project whose only purpose is to build one version. The version is a folder in it, because the
/// gate may withhold the version. Its dependencies come from the gate.
public final class DetonationProject {
  /// The folder of the version in the project.
  public static final String FOLDER = "subject";

  private static final int CHUNK = 64 << 10;

  private DetonationProject() {}

  /// Writes the project.
  ///
  /// @param archive the archive of the version, whose SHA-256 was compared
  /// @param project an empty folder
  /// @param metadata the features with which it is built
  /// @throws DetonationException if the archive breaks the rules of archives, or the locale of this
  ///   process cannot write the name of a file
  public static void lay(CrateArchive archive, Path project, DocumentationMetadata metadata) {
    try {
      Files.createDirectories(project.resolve("src"));
      Files.writeString(project.resolve("src/lib.rs"), "");
      Files.writeString(
          project.resolve("Cargo.toml"),
          """
          [package]
          name = "lazaret-detonation"
          version = "0.0.0"
          edition = "2021"

          [dependencies]
          "%s" = { path = "%s"%s }
          """
              .formatted(archive.name().published(), FOLDER, metadata.keys()));
      Path folder = Files.createDirectory(project.resolve(FOLDER));
      ArchiveReadResult walk =
          archive.walk(InspectLimits.DEFAULT, (entry, content) -> unpack(folder, entry, content));
      if (!walk.problems().isEmpty()) {
        throw new DetonationException(
            ErrorCode.REFUSED_BY_POLICY,
            "cannot build %s %s: its archive is hostile: %s"
                .formatted(archive.name(), archive.version(), walk.problems().getFirst()),
            null);
      }
    } catch (InvalidPathException e) {
      throw new DetonationException(
          ErrorCode.CONFIG_INVALID,
          ("cannot unpack the file '%s' of %s %s: expected a locale with UTF-8, found %s;"
                  + " set LANG=C.UTF-8")
              .formatted(
                  Excerpt.of(e.getInput()),
                  archive.name(),
                  archive.version(),
                  System.getProperty("sun.jnu.encoding")),
          e);
    } catch (IOException | UncheckedIOException e) {
      throw new DetonationException(
          ErrorCode.CONFIG_INVALID, "cannot unpack into " + project + ": " + e, e);
    }
  }

  /// Writes one entry. The walk has checked that its path stays below its folder and that it is not
  /// a link.
  private static void unpack(Path folder, ArchiveEntry entry, EntryContent content) {
    Path path = folder.resolve(entry.path());
    try {
      if (entry.directory()) {
        Files.createDirectories(path);
        return;
      }
      Files.createDirectories(path.getParent());
      try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)) {
        byte[] chunk = new byte[CHUNK];
        for (int read = content.read(chunk, 0, CHUNK);
            read > 0;
            read = content.read(chunk, 0, CHUNK)) {
          out.write(chunk, 0, read);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

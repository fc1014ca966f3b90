package lazaret.git.cargo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.GZIPOutputStream;
import lazaret.git.tree.GitTreeHeader;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;

/// The files of a package as a `.crate` file, so that they are inspected as the archive of a
/// registry is. Equal files give equal bytes with one version of the runtime.
public final class GitPackageArchive {
  /// The maximum size of all files of a package, in bytes.
  private static final long MAX_BYTES = PackageFile.MAX_BYTES;

  /// The maximum size of the archive, which is whole in heap. It is several times the limit of the
  /// public registry.
  private static final long MAX_ARCHIVE = 32 << 20;

  private static final int CHUNK = 64 << 10;

  private GitPackageArchive() {}

  /// Returns the archive. It is in heap once, and no file of the package is.
  ///
  /// @param file a new file, which is deleted
  /// @throws MalformedException if the files have more than 64 MiB, or the archive more than 32 MiB
  /// @throws IOException if a file cannot be read, or the archive not be written
  public static Bytes of(GitPackage of, SequencedMap<String, PackageFile> files, Path file)
      throws IOException {
    check(of, files.values().stream().mapToLong(PackageFile::length).sum(), MAX_BYTES);
    try {
      write(of, files, file);
      check(of, Files.size(file), MAX_ARCHIVE);
      return Bytes.of(Files.readAllBytes(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void check(GitPackage of, long bytes, long most) {
    if (bytes > most) {
      throw new MalformedException(
          "cannot inspect the package %s: expected at most %d bytes, found %d"
              .formatted(of.unpacked(), most, bytes));
    }
  }

  private static void write(GitPackage of, SequencedMap<String, PackageFile> files, Path file)
      throws IOException {
    try (OutputStream out =
            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        GZIPOutputStream gzip = new GZIPOutputStream(out, CHUNK)) {
      for (Map.Entry<String, PackageFile> each : files.entrySet()) {
        String path = of.unpacked() + "/" + each.getKey();
        String mode = each.getValue().isProgram() ? "0000755" : "0000644";
        long length = each.getValue().length();
        gzip.write(GitTreeHeader.of(path, mode, length));
        each.getValue().writeTo(gzip);
        gzip.write(new byte[GitTreeHeader.padding(length)]);
      }
      gzip.write(new byte[2 * GitTreeHeader.BLOCK]);
    }
  }
}

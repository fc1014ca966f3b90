package lazaret.bundle.exporting;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.UstarWriter;
import lazaret.storage.files.FileTrees;
import lazaret.storage.files.PublicFiles;

/// The packing of a bundle folder into one file, for channels that accept one file only. The parts
/// come last, so that the metadata can be read without them.
public final class SingleFileBundle {
  private static final int BUFFER = 256 << 10;

  private SingleFileBundle() {}

  /// Packs a bundle into `NAME.tar` next to its folder.
  ///
  /// @param bundle the folder, which stays unchanged
  /// @return the file
  /// @throws IOException if it cannot be written; no file has its name then
  public static Path pack(Path bundle) throws IOException {
    Path file = bundle.resolveSibling(bundle.getFileName() + ".tar");
    PublicFiles.write(file, out -> write(bundle, out));
    return file;
  }

  private static void write(Path bundle, OutputStream out) throws IOException {
    var archive = new UstarWriter(out);
    for (Path entry : entries(bundle)) {
      add(archive, bundle.relativize(entry).toString(), entry);
    }
    archive.finish();
  }

  /// Packs a bundle as [#pack] does, and removes the folder.
  ///
  /// @return the file
  /// @throws IOException if it cannot be written; the folder is kept then
  public static Path replace(Path bundle) throws IOException {
    Path file = pack(bundle);
    FileTrees.delete(bundle);
    return file;
  }

  private static List<Path> entries(Path bundle) throws IOException {
    List<Path> entries = new ArrayList<>();
    for (String folder : List.of("metadata", "targets")) {
      try (Stream<Path> files = Files.list(bundle.resolve(folder))) {
        files
            .sorted(Comparator.comparing(SingleFileBundle::isPart).thenComparing(Path::toString))
            .forEach(entries::add);
      }
    }
    return entries;
  }

  private static boolean isPart(Path file) {
    String name = String.valueOf(file.getFileName());
    return BundleTarget.isPart(name.substring(name.indexOf('.') + 1));
  }

  private static void add(UstarWriter archive, String name, Path file) throws IOException {
    archive.begin(name, Files.size(file));
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        archive.write(buffer, 0, read);
      }
    }
  }
}

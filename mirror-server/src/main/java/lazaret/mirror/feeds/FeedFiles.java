package lazaret.mirror.feeds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.FeedReader;

/// Reads a feed from a disk as one file: a folder becomes the archive that it could have come in.
public final class FeedFiles {
  private static final int MAX_DEPTH = 12;

  private FeedFiles() {}

  /// Reads a feed.
  ///
  /// @param place an archive, an OSV record or a local list, or a folder with records anywhere
  ///   below it; links in it are not followed
  /// @throws MalformedException if there is nothing of the kind, or too much
  public static Bytes read(Path place) {
    try {
      if (Files.isDirectory(place)) {
        return packed(place);
      }
      if (Files.isRegularFile(place)) {
        if (Files.size(place) > FeedReader.MAX_BYTES) {
          throw tooMuch(place);
        }
        return Bytes.of(Files.readAllBytes(place));
      }
    } catch (IOException e) {
      throw new MalformedException(
          "cannot read the feed in '" + place + "': " + e.getClass().getSimpleName(), e);
    }
    throw new MalformedException(
        "cannot read the feed in '" + place + "': there is no such file or folder");
  }

  private static MalformedException tooMuch(Path place) {
    return new MalformedException(
        "cannot read the feed in '%s': expected at most %d bytes"
            .formatted(place, FeedReader.MAX_BYTES));
  }

  private static Bytes packed(Path folder) throws IOException {
    var out = new ByteArrayOutputStream();
    try (Stream<Path> walk = Files.walk(folder, MAX_DEPTH);
        var zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_SPEED);
      List<Path> records =
          walk.filter(f -> Files.isRegularFile(f) && isRecord(f))
              .limit(FeedReader.MAX_RECORDS + 1L)
              .sorted()
              .toList();
      for (Path file : records) {
        if (Files.size(file) <= FeedReader.MAX_RECORD) {
          zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
          zip.write(Files.readAllBytes(file));
        }
        if (out.size() > FeedReader.MAX_BYTES) {
          throw tooMuch(folder);
        }
      }
    }
    return Bytes.of(out.toByteArray());
  }

  private static boolean isRecord(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".md") || name.endsWith(".json");
  }
}

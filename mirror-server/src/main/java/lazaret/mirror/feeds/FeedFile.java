package lazaret.mirror.feeds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.feed.FeedReader;

/// A feed from a disk as one file. A folder is packed into an archive like those that feeds are
/// published as.
///
/// @param content the bytes, equal for equal records
/// @param asOf the last modification of the file, or of the newest record or git fetch of the
///   folder; there is no other evidence of the feed's age
public record FeedFile(Bytes content, Instant asOf) {
  private static final int MAX_DEPTH = 12;

  /// The file that git writes at each fetch, also if nothing changed.
  private static final String LAST_FETCH = ".git/FETCH_HEAD";

  /// Reads a feed.
  ///
  /// @param place an archive, an OSV record or a local list, or a folder with records at any depth
  ///   down to 12; links in it are not followed
  /// @throws MalformedException if the file or folder is absent, unreadable or too large
  public static FeedFile read(Path place) {
    try {
      if (Files.isDirectory(place)) {
        return packed(place);
      }
      if (Files.isRegularFile(place)) {
        if (Files.size(place) > FeedReader.MAX_BYTES) {
          throw tooMuch(place);
        }
        FileTime changed = Files.getLastModifiedTime(place);
        return new FeedFile(Bytes.of(Files.readAllBytes(place)), changed.toInstant());
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

  private static FeedFile packed(Path folder) throws IOException {
    var out = new ByteArrayOutputStream();
    Path fetched = folder.resolve(LAST_FETCH);
    FileTime newest =
        Files.isRegularFile(fetched) ? Files.getLastModifiedTime(fetched) : FileTime.fromMillis(0);
    try (Stream<Path> walk = Files.walk(folder, MAX_DEPTH);
        var zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_SPEED);
      List<Path> records =
          walk.filter(f -> Files.isRegularFile(f) && isRecord(f))
              .limit(FeedReader.MAX_RECORDS + 1L)
              .sorted()
              .toList();
      for (Path file : records) {
        FileTime changed = Files.getLastModifiedTime(file);
        newest = changed.compareTo(newest) > 0 ? changed : newest;
        if (Files.size(file) <= FeedReader.MAX_RECORD) {
          ZipEntry entry = new ZipEntry(folder.relativize(file).toString());
          entry.setTime(0);
          zip.putNextEntry(entry);
          zip.write(Files.readAllBytes(file));
        }
        if (out.size() > FeedReader.MAX_BYTES) {
          throw tooMuch(folder);
        }
      }
    }
    return new FeedFile(Bytes.of(out.toByteArray()), newest.toInstant());
  }

  private static boolean isRecord(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".md") || name.endsWith(".json");
  }
}

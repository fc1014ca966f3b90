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
import lazaret.vetting.advisory.FeedReader;

/// A feed as it lies on a disk, as one file: a folder becomes the archive that it could have come
/// in.
///
/// @param content the same bytes for the same records
/// @param asOf when the file, or the newest record of the folder, was last written: nothing else
///   tells when its source said this
public record FeedFile(Bytes content, Instant asOf) {
  private static final int MAX_DEPTH = 12;

  /// Git writes it at each fetch, whether something came or not.
  private static final String LAST_FETCH = ".git/FETCH_HEAD";

  /// Reads a feed.
  ///
  /// @param place an archive, an OSV record or a local list, or a folder with records anywhere
  ///   below it; links in it are not followed
  /// @throws MalformedException if there is nothing of the kind, or too much
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

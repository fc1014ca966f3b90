package lazaret.mirror.following;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The crates of a dump with their numbers, as two sorted files. They are made again from the next
/// dump, so that a lost or damaged file costs one more fetch.
///
/// @param folder the folder of the files
/// @param crates the number of crates
/// @param bytes the length of the artifacts of all of them
/// @param time the moment of the dump
/// @param etag the entity tag of the dump; null if it had none
record CrateUseTable(Path folder, long crates, long bytes, Instant time, @Nullable String etag) {
  static final String BY_NAME = "crates.by-name";
  static final String BY_USE = "crates.by-use";

  private static final String FORM = "crates 1";
  private static final String NONE = "-";

  /// Opens the table that was made last, or returns empty if there is none that can be read.
  static Optional<CrateUseTable> open(Path folder) {
    Path file = folder.resolve(BY_NAME);
    if (!Files.isRegularFile(file) || !Files.isRegularFile(folder.resolve(BY_USE))) {
      return Optional.empty();
    }
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return Optional.of(parse(folder, in));
    } catch (IOException | IllegalArgumentException | DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static CrateUseTable parse(Path folder, BufferedReader in) throws IOException {
    String form = in.readLine();
    String numbers = in.readLine();
    String etag = in.readLine();
    String[] words = numbers == null ? new String[0] : numbers.split(" ", -1);
    if (!FORM.equals(form) || etag == null || words.length != 3) {
      throw new IllegalArgumentException("expected the head of a table");
    }
    return new CrateUseTable(
        folder,
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Instant.parse(words[2]),
        etag.equals(NONE) ? null : etag);
  }

  /// Returns the lines before the rows, each with its break.
  String head() {
    return "%s\n%d %d %s\n%s\n".formatted(FORM, crates, bytes, time, etag == null ? NONE : etag);
  }

  /// Opens the crates by collision key. The caller closes the rows.
  ///
  /// @throws IOException if the file cannot be read
  Rows byName() throws IOException {
    return new Rows(folder.resolve(BY_NAME));
  }

  /// Opens the most used crates, in that order. The caller closes the rows.
  ///
  /// @throws IOException if the file cannot be read
  Rows byUse() throws IOException {
    return new Rows(folder.resolve(BY_USE));
  }

  /// The rows of a file. Not thread-safe.
  static final class Rows implements AutoCloseable {
    private static final int HEAD = 3;

    private final BufferedReader in;

    private Rows(Path file) throws IOException {
      in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
      for (int i = 0; i < HEAD; i++) {
        var _ = in.readLine();
      }
    }

    /// Returns the next row, or null at the end.
    ///
    /// @throws IOException if the file is damaged or cannot be read
    @Nullable CrateUseEntry next() throws IOException {
      String line = in.readLine();
      try {
        return line == null ? null : CrateUseEntry.parse(line);
      } catch (IllegalArgumentException e) {
        throw new IOException("expected a row of the table of crates, found another line", e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}

package lazaret.mirror.hosting;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.hosting.names.PublicNameList;
import org.jspecify.annotations.Nullable;

/// A list of all public names in a file: one name in each line. A file that is older than
/// [PublicNameList#MAX_AGE_DAYS] days, or cannot be read, counts as absent. It is read again after
/// a change.
///
/// In heap are hashes of 64 bits: two million names take 16 MB. Two names with one hash make the
/// second one seem public, which refuses it. Thread-safe; blocks.
public final class NameListFile implements PublicNameList {
  private static final System.Logger LOG = System.getLogger(NameListFile.class.getName());
  private static final int MOST_NAMES = 5_000_000;

  /// The length of the longest line of which the start is looked at.
  private static final int MOST_CHARACTERS = 4_096;

  private final Path file;
  private final Clock clock;
  private final Consumer<CrateName> listener;

  /// The time of the last change of the file that was read; null before. Guarded by this.
  private @Nullable FileTime known;

  /// The sorted hashes of the collision keys of that file. Guarded by this.
  private long[] hashes = {};

  /// Creates a list that is read at the first question.
  ///
  /// @param listener receives each name when the file is read
  public NameListFile(Path file, Clock clock, Consumer<CrateName> listener) {
    this.file = file;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public synchronized Answer find(CrateName name) {
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      if (Duration.between(changed.toInstant(), clock.instant()).toDays() >= MAX_AGE_DAYS) {
        return Answer.UNKNOWN;
      }
      if (!changed.equals(known)) {
        hashes = read();
        known = changed;
      }
      return Arrays.binarySearch(hashes, PublicNameList.hash(name)) >= 0
          ? Answer.PRESENT
          : Answer.ABSENT;
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the list of public names cannot be read (private.name-list): {0}",
          e.getMessage());
      return Answer.UNKNOWN;
    }
  }

  private long[] read() throws IOException {
    long[] read = new long[1 << 16];
    int count = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String text = line.strip();
        if (line.length() > MOST_CHARACTERS || (!text.isEmpty() && !CrateName.isValid(text))) {
          throw new IOException("expected one name in each line");
        }
        if (!text.isEmpty()) {
          CrateName name = CrateName.parse(text);
          listener.accept(name);
          if (count == read.length) {
            read = Arrays.copyOf(read, 2 * count);
          }
          read[count++] = PublicNameList.hash(name);
        }
        if (count > MOST_NAMES) {
          throw new IOException("expected at most " + MOST_NAMES + " names");
        }
      }
    }
    if (count == 0) {
      throw new IOException("expected names, found none");
    }
    long[] sorted = Arrays.copyOf(read, count);
    Arrays.sort(sorted);
    return sorted;
  }
}

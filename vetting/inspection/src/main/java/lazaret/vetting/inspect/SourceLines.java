package lazaret.vetting.inspect;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.EntryContent;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.Sha256;

/// The texts of some lines of the sources of a crate, read in one walk. A long line is kept as its
/// SHA-256, so that a hostile source does not fill the heap. Not thread-safe.
final class SourceLines {
  /// The number of bytes of one source that are read, as in [CrateScan].
  private static final int MAX_SOURCE = 8 << 20;

  /// The longest line in characters that is kept as text.
  private static final int MAX_LINE = 120;

  /// The longest line in bytes whose spaces are joined.
  private static final int MAX_JOINED = 1 << 16;

  private final Map<String, Set<Integer>> wanted;
  private final Map<String, Map<Integer, String>> texts = new HashMap<>();

  /// @param wanted the numbers of the lines, from 1, by the path of their source
  SourceLines(Map<String, Set<Integer>> wanted) {
    this.wanted = wanted;
  }

  /// Reads the lines.
  void read(CrateArchive archive, InspectLimits limits) {
    archive.walk(
        limits,
        (entry, content) -> {
          Set<Integer> numbers = wanted.get(entry.path());
          if (numbers != null && !entry.directory()) {
            texts.put(entry.path(), lines(content, numbers));
          }
        });
  }

  private static Map<Integer, String> lines(EntryContent content, Set<Integer> numbers) {
    byte[] bytes = content.read(MAX_SOURCE).array();
    Map<Integer, String> lines = new HashMap<>();
    int number = 1;
    for (int from = 0; from < bytes.length; number++) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      if (numbers.contains(number)) {
        lines.put(number, text(Bytes.copyOf(bytes, from, to - from)));
      }
      from = to + 1;
    }
    return lines;
  }

  private static String text(Bytes line) {
    if (line.length() > MAX_JOINED) {
      return digest(line);
    }
    String joined = line.text().strip().replaceAll("\\s+", " ");
    return joined.length() > MAX_LINE ? digest(Bytes.utf8(joined)) : joined;
  }

  private static String digest(Bytes line) {
    return "sha256 " + Sha256.of(line).hex();
  }

  /// Returns the text of a line, or empty if the source does not have it.
  Optional<String> of(String path, int line) {
    return Optional.ofNullable(texts.getOrDefault(path, Map.of()).get(line));
  }
}

package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.EntryContent;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.inspect.literal.AhoCorasick;
import lazaret.vetting.text.Printable;

/// A search for exact texts in the Rust sources of a crate. It finds the line that names a variable
/// or program of which a trace is known. Texts that the code puts together are not found. Used
/// once; not thread-safe.
public final class SourceTextSearch {
  /// The maximum number of texts; further ones are not searched.
  public static final int MAX_TEXTS = 200;

  /// The longest text in bytes; longer ones are not searched.
  public static final int MAX_LENGTH = 64;

  /// The maximum number of lines for one text.
  public static final int MAX_LINES = 8;

  /// The number of bytes of one source that are read, as in [CrateScan].
  private static final int MAX_SOURCE = 8 << 20;

  private final List<Bytes> texts;
  private final AhoCorasick search;
  private final Map<Integer, List<Line>> found = new HashMap<>();

  private SourceTextSearch(List<String> texts) {
    this.texts = texts.stream().map(Bytes::utf8).toList();
    this.search = new AhoCorasick(texts);
  }

  /// A line with one of the texts.
  ///
  /// @param path the path of the source below the crate's folder, made printable
  /// @param line the line, from 1
  /// @param excerpt the line, shortened and made printable
  public record Line(String path, int line, String excerpt) {
    /// Makes path and excerpt printable, since they come from the crate.
    public Line {
      path = Printable.line(path);
      excerpt = Excerpt.of(excerpt);
    }
  }

  /// Returns the first lines of each text that occurs, in the order of the archive.
  ///
  /// @param wanted the texts, the most important first; empty ones are not searched
  public static Map<String, List<Line>> find(
      CrateArchive archive, InspectLimits limits, Collection<String> wanted) {
    List<String> texts =
        wanted.stream()
            .filter(text -> !text.isEmpty() && Bytes.utf8(text).length() <= MAX_LENGTH)
            .distinct()
            .limit(MAX_TEXTS)
            .toList();
    Map<String, List<Line>> lines = new HashMap<>();
    if (!texts.isEmpty()) {
      var search = new SourceTextSearch(texts);
      archive.walk(
          limits,
          (entry, content) -> {
            if (entry.path().endsWith(".rs") && !entry.directory()) {
              search.source(entry.path(), content);
            }
          });
      search.found.forEach((text, places) -> lines.put(texts.get(text), List.copyOf(places)));
    }
    return lines;
  }

  private void source(String path, EntryContent content) {
    byte[] bytes = content.read(MAX_SOURCE).array();
    int number = 1;
    for (int from = 0; from < bytes.length; number++) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      line(path, number, Bytes.copyOf(bytes, from, to - from));
      from = to + 1;
    }
  }

  private void line(String path, int number, Bytes line) {
    byte[] bytes = line.array();
    Set<Integer> met = new TreeSet<>();
    search.search(
        bytes,
        0,
        bytes.length,
        AhoCorasick.START,
        (text, start, end) -> {
          if (start >= 0 && Bytes.copyOf(bytes, start, end - start).equals(texts.get(text))) {
            met.add(text);
          }
        });
    for (int text : met) {
      List<Line> lines = found.computeIfAbsent(text, _ -> new ArrayList<>());
      if (lines.size() < MAX_LINES) {
        lines.add(new Line(path, number, line.text().strip()));
      }
    }
  }
}

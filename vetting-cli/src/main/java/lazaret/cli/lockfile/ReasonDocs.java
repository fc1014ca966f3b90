package lazaret.cli.lockfile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The texts of `docs/reasons.md` about each code, for reports that explain their rules. The page
/// is a resource of the program, so that there is only one text.
final class ReasonDocs {
  private static final String PAGE = "reasons.md";
  private static final int CELLS = 4;

  private final Map<String, Text> texts;

  private ReasonDocs(Map<String, Text> texts) {
    this.texts = texts;
  }

  /// The explanation of one code.
  ///
  /// @param meaning one clause
  /// @param remedy the next step; empty if there is none
  record Text(String meaning, String remedy) {
    /// Returns both as prose.
    String help() {
      return remedy.isEmpty() ? meaning + "." : meaning + ". Remedy: " + remedy + ".";
    }
  }

  /// Reads the page: rows of four cells, the first of which is a code in backticks.
  static ReasonDocs load() {
    try (InputStream in = ReasonDocs.class.getResourceAsStream(PAGE)) {
      if (in == null) {
        throw new IllegalStateException(PAGE + " is missing in the program");
      }
      Map<String, Text> texts = new LinkedHashMap<>();
      BufferedReader page = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      page.lines().filter(line -> line.startsWith("| `")).forEach(line -> row(line, texts));
      return new ReasonDocs(texts);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + PAGE, e);
    }
  }

  private static void row(String line, Map<String, Text> texts) {
    String[] cells = line.substring(2).split("\\s*(?<!\\\\)\\|\\s*", -1);
    if (cells.length > CELLS && cells[0].matches("`[a-z-]+`")) {
      String code = cells[0].substring(1, cells[0].length() - 1);
      String remedy = plain(cells[CELLS - 1]);
      texts.put(code, new Text(plain(cells[CELLS - 2]), remedy.equals("-") ? "" : remedy));
    }
  }

  /// Returns the text of a cell without Markdown, which the reports do not render.
  private static String plain(String cell) {
    return cell.replace("`", "").replace("\\|", "|").replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
  }

  /// Returns the explanation of a code. An unknown code gets a general one.
  Text of(String code) {
    @Nullable Text text = texts.get(code);
    return text == null
        ? new Text("a reason that is unknown to this program", "vetting-cli why NAME@VERSION")
        : text;
  }

  /// Returns whether the page explains a code.
  boolean explains(String code) {
    return texts.containsKey(code);
  }
}

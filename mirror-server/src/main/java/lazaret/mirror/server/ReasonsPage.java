package lazaret.mirror.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page that explains the codes of reasons, which reports of findings link to. Its text is
/// `docs/reasons.md`, with an anchor for each code.
final class ReasonsPage {
  private static final String TABLE = "reasons.md";

  /// A row of a table: a code, two cells and the remedy.
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `([a-z-]+)` \\|[^|]*\\| ((?:[^|\\\\]|\\\\.)*) \\| ((?:[^|\\\\]|\\\\.)*) \\|$",
          Pattern.MULTILINE);

  private ReasonsPage() {}

  /// Returns the body of the page.
  static String body() {
    StringBuilder body = new StringBuilder("<dl>\n");
    Matcher row = ROW.matcher(table());
    while (row.find()) {
      String remedy = plain(row.group(3));
      body.append("<dt id=\"%1$s\"><code>%1$s</code></dt><dd>".formatted(row.group(1)))
          .append(plain(row.group(2)))
          .append(remedy.equals("-") ? "." : ". Remedy: " + remedy + ".")
          .append("</dd>\n");
    }
    return body.append("</dl>").toString();
  }

  private static String plain(String cell) {
    return InfoPages.escape(
        cell.replace("`", "").replace("\\|", "|").replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1"));
  }

  private static String table() {
    try (InputStream in = ReasonsPage.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException(TABLE + " is not in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + TABLE, e);
    }
  }
}

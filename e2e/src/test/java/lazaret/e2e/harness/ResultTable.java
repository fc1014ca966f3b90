package lazaret.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A table of `docs/sandbox.md` with the results of a run. Only `bin/probes` writes it.
public final class ResultTable {
  private static final Pattern DESCRIPTION = Pattern.compile("(?m)^description = \"([^\"]*)\"");

  private final String name;
  private final List<String> lines = new ArrayList<>();

  /// Creates a table.
  ///
  /// @param name the name in the markers around the table in the page
  public ResultTable(String name, String... columns) {
    this.name = name;
    row(columns);
    lines.add("|" + "---|".repeat(columns.length));
  }

  /// Adds a row.
  public void row(String... cells) {
    StringBuilder line = new StringBuilder("|");
    for (String cell : cells) {
      line.append(' ').append(cell.replace("|", "\\|")).append(" |");
    }
    lines.add(line.toString());
  }

  /// Returns the page with the table in its place.
  ///
  /// @throws IllegalArgumentException if the page has no such place
  String in(String page) {
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- end of " + name + " -->";
    int from = page.indexOf(begin);
    int to = page.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no place for the table '" + name + "' in the page");
    }
    return page.substring(0, from + begin.length())
        + String.join("\n", lines)
        + "\n"
        + page.substring(to);
  }

  /// Writes the table into the page if this is requested.
  public void write() {
    if (!Boolean.getBoolean("lazaret.probes.write")) {
      return;
    }
    try {
      Files.writeString(page(), in(Files.readString(page())));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + page(), e);
    }
  }

  /// Returns the page with the tables.
  public static Path page() {
    return Machine.root().resolve("docs/sandbox.md");
  }

  /// Returns the description in the manifest of a probe.
  public static String description(Path probe) {
    try {
      Matcher found = DESCRIPTION.matcher(Files.readString(probe.resolve("Cargo.toml")));
      return found.find() ? found.group(1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package lazaret.bench.speed;

/// The part of a page that a command writes, between two lines that mark it.
///
/// @param begin line before the part, with its end
/// @param end line after the part, with its end
public record MarkedBlock(String begin, String end) {
  /// The table of speed in `docs/performance.md`.
  public static final MarkedBlock SPEED =
      new MarkedBlock("<!-- speed: written by bin/bench --record -->\n", "<!-- speed: end -->\n");

  /// The simulation of following in `docs/scale.md`.
  public static final MarkedBlock FOLLOW =
      new MarkedBlock(
          "<!-- follow: written by bin/bench --record follow -->\n", "<!-- follow: end -->\n");

  /// The figures of several servers in `docs/performance.md`.
  public static final MarkedBlock CLUSTER =
      new MarkedBlock(
          "<!-- cluster: written by bin/bench --record cluster -->\n", "<!-- cluster: end -->\n");

  /// Returns the part in a page.
  ///
  /// @throws IllegalArgumentException if the page does not have each line once, in this order
  public String in(String page) {
    return page.substring(from(page), to(page));
  }

  /// Returns a page with another part.
  ///
  /// @throws IllegalArgumentException if the page does not have each line once, in this order
  public String replaced(String page, String part) {
    return page.substring(0, from(page)) + part + page.substring(to(page));
  }

  private int from(String page) {
    return position(page, begin) + begin.length();
  }

  private int to(String page) {
    int to = position(page, end);
    if (to < from(page)) {
      throw new IllegalArgumentException("cannot find the part: expected its end after its begin");
    }
    return to;
  }

  private static int position(String page, String line) {
    int position = page.indexOf(line);
    if (position < 0 || page.indexOf(line, position + 1) >= 0) {
      throw new IllegalArgumentException("cannot find the part: expected one line " + line.strip());
    }
    return position;
  }
}

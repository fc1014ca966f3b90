package lazaret.cli.report;

import java.util.Locale;
import java.util.Map;

/// What stands at the other end of the standard streams.
///
/// @param asks whether a person can be asked: standard input and error are a terminal
/// @param fits whether standard output is a terminal, so that tables are fitted to it
/// @param colour whether standard output shows colours
/// @param moves whether standard error is a terminal, so that progress may move
/// @param width columns of the terminal
public record Looks(boolean asks, boolean fits, boolean colour, boolean moves, int width) {
  /// A pipe or a file: nothing is asked, fitted, coloured or moved.
  public static final Looks PIPE = new Looks(false, false, false, false, Integer.MAX_VALUE);

  private static final int USUAL_WIDTH = 80;
  private static final int LEAST_WIDTH = 40;
  private static final int MOST_WIDTH = 400;

  /// Works out the looks.
  ///
  /// @param terminals which of `in`, `out` and `err` are terminals, separated by commas
  /// @param environment `COLUMNS`, `NO_COLOR` (no-color.org: set to anything but nothing) and
  ///   `TERM`
  public static Looks of(String terminals, Map<String, String> environment) {
    boolean out = terminals.contains("out");
    boolean err = terminals.contains("err");
    String term = environment.getOrDefault("TERM", "dumb").toLowerCase(Locale.ROOT);
    boolean colour =
        out && !term.equals("dumb") && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Looks(
        terminals.contains("in") && err,
        out,
        colour,
        err && !term.equals("dumb"),
        out ? width(environment.getOrDefault("COLUMNS", "")) : Integer.MAX_VALUE);
  }

  private static int width(String columns) {
    try {
      int width = Integer.parseInt(columns);
      // A terminal that does not know says 0.
      return width <= 0 ? USUAL_WIDTH : Math.clamp(width, LEAST_WIDTH, MOST_WIDTH);
    } catch (NumberFormatException _) {
      return USUAL_WIDTH;
    }
  }
}

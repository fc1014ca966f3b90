package lazaret.cli.report;

import java.util.Locale;
import java.util.Map;

/// The properties of the terminal or files behind the standard streams.
///
/// @param asks whether a person can be asked: standard input and standard error are terminals
/// @param fits whether standard output is a terminal, so that tables are fitted to its width
/// @param color whether standard output shows colors
/// @param moves whether standard error is a terminal, so that a progress line can be rewritten
/// @param width the number of columns of the terminal, or of the largest number if there is none
public record TerminalCapabilities(
    boolean asks, boolean fits, boolean color, boolean moves, int width) {
  /// The properties of a pipe or file: no questions, no fitting, no colors and no progress.
  public static final TerminalCapabilities PIPE =
      new TerminalCapabilities(false, false, false, false, Integer.MAX_VALUE);

  private static final int USUAL_WIDTH = 80;
  private static final int LEAST_WIDTH = 40;
  private static final int MOST_WIDTH = 400;

  /// Determines the properties.
  ///
  /// @param terminals which of `in`, `out` and `err` are terminals, separated by commas
  /// @param environment the variables, of which `COLUMNS`, `NO_COLOR` (no-color.org: set and not
  ///   empty) and `TERM` are used
  public static TerminalCapabilities of(String terminals, Map<String, String> environment) {
    boolean out = terminals.contains("out");
    boolean err = terminals.contains("err");
    String term = environment.getOrDefault("TERM", "dumb").toLowerCase(Locale.ROOT);
    boolean color =
        out && !term.equals("dumb") && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new TerminalCapabilities(
        terminals.contains("in") && err,
        out,
        color,
        err && !term.equals("dumb"),
        out || err ? width(environment.getOrDefault("COLUMNS", "")) : Integer.MAX_VALUE);
  }

  private static int width(String columns) {
    try {
      int width = Integer.parseInt(columns);
      // A terminal of unknown width reports 0.
      return width <= 0 ? USUAL_WIDTH : Math.clamp(width, LEAST_WIDTH, MOST_WIDTH);
    } catch (NumberFormatException _) {
      return USUAL_WIDTH;
    }
  }
}

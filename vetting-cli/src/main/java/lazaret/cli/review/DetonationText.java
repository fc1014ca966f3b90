package lazaret.cli.review;

import java.util.List;
import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.DetonationInfo;
import lazaret.vetting.deskapi.crates.TraceInfo;
import lazaret.vetting.text.KebabCase;

/// The text of the behavior of a version that was built alone in the sandbox.
public final class DetonationText {
  private static final int MOST = 40;

  private final Terminal terminal;

  public DetonationText(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Prints the evidence.
  ///
  /// @param whole whether behavior that the base has as well is listed, too
  public void print(DetonationInfo detonation, boolean whole) {
    CrateVersion base = detonation.base();
    fact(
        TextStyle.PLAIN,
        "built alone",
        "%s; by %s, %s; %s"
            .formatted(
                detonation.ending(),
                detonation.by(),
                Timestamps.minute(detonation.at()),
                base == null
                    ? "no lower approved version has evidence to compare with"
                    : "compared with " + base));
    List<TraceInfo> added = detonation.added();
    list(TextStyle.WARN, "new", added);
    list(TextStyle.PLAIN, "no longer", detonation.gone());
    List<TraceInfo> before =
        detonation.traces().stream().filter(trace -> !added.contains(trace)).toList();
    if (whole || base == null) {
      list(TextStyle.PLAIN, "", before);
    } else {
      list(TextStyle.WARN, "as before", before.stream().filter(DetonationText::isDenied).toList());
    }
  }

  private static boolean isDenied(TraceInfo trace) {
    return trace.kind() == TraceInfo.Kind.DENIED;
  }

  private void list(TextStyle style, String name, List<TraceInfo> traces) {
    traces.stream()
        .limit(MOST)
        .forEach(
            trace ->
                fact(
                    isDenied(trace) ? TextStyle.BAD : style,
                    name,
                    KebabCase.of(trace.kind()) + " " + trace.what()));
    if (traces.size() > MOST) {
      fact(style, name, "and %d more; --json has all".formatted(traces.size() - MOST));
    }
  }

  private void fact(TextStyle style, String name, String value) {
    terminal.line(Cell.of(TextStyle.FAINT, "  %-14s".formatted(name)), Cell.of(style, value));
  }
}

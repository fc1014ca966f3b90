package lazaret.cli.lockfile;

import java.util.List;
import java.util.Set;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.deskapi.crates.ReasonInfo;

/// Warnings about the feeds of a gate: no feed was imported, a configured feed is missing, or a
/// feed is old. Each reply with a verdict has them once, on standard error.
public final class FeedWarnings {
  private static final Set<String> DECIDING_NOTHING = Set.of("feeds-old", "feeds-quiet");

  private FeedWarnings() {}

  /// Prints the warnings of a reply without duplicates.
  public static void note(Terminal terminal, List<ReasonInfo> warnings) {
    warnings.stream()
        .distinct()
        .forEach(warning -> terminal.note("warning: " + VerdictText.reason(warning)));
  }

  /// Returns the reasons of a verdict without those that are printed as a warning.
  public static List<ReasonInfo> deciding(List<ReasonInfo> reasons) {
    return reasons.stream().filter(r -> !DECIDING_NOTHING.contains(r.code())).toList();
  }
}

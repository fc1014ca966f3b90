package lazaret.bench.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lazaret.bench.evaluation.Fixtures.Case;

/// Precision and recall of all methods together.
///
/// @param fixtures fixtures of incidents, and benign ones
/// @param good outcome of each artifact of the slice
record OverallScores(Fixtures fixtures, List<Outcome> good) implements PageSection {
  @Override
  public void write(MarkdownPage page) {
    page.heading(2, "The whole");
    page.paragraph(
        """
        Incidents are the fixtures as they are; good ones are the benign fixtures and the slice (whose versions are old, so that
        only inspection speaks). This is what is known before any feed names the version: signals, takeover signs, yank waves
        and what a version can do that the one before could not. Once a feed names it, it is denied (recall of the feeds).
        With the wait: what is not held is at least young when it is published, so that a cooldown of 7 days delays all of it,
        and outlasts the share of the curve above.
        """);
    List<Case> bad = fixtures.cases().stream().filter(c -> !c.benign()).toList();
    List<Outcome> fine = new ArrayList<>(good);
    fixtures.benign().forEach(c -> fine.add(c.outcome()));
    page.table(
        List.of(
            "threshold", "incidents held", "recall", "good ones held", "false alarms", "precision"),
        List.of(
            row("high or block", Outcome.Level.HIGH, bad, fine),
            row("review or more", Outcome.Level.REVIEW, bad, fine)));
    signals(page, bad, fine);
    double left = 1 - bad.stream().filter(c -> c.outcome().stored()).count() / (double) bad.size();
    double outlasts = CooldownCurve.share(7);
    page.paragraph(
        "Were misses as long-lived as other incidents, signals and 7 days of waiting together would stop %s of all before a feed"
                .formatted(MarkdownPage.share(Math.round(1000 * (1 - left * (1 - outlasts))), 1000))
            + " knows. That is an estimate: what escapes the signals acts at run time more often, and that lives longer.");
    page.paragraph(
        "Precision depends on how many bad ones there are among all: there are %d incidents and %d good ones here, while in a registry one of tens of thousands is bad. The rate of false alarms is the figure that carries over."
            .formatted(bad.size(), fine.size()));
  }

  /// Writes the figures of each signal. A signal counts if it is among the heaviest of its version,
  /// since the others do not decide.
  private static void signals(MarkdownPage page, List<Case> bad, List<Outcome> fine) {
    Map<String, Long> caught = holding(bad.stream().map(Case::outcome).toList());
    Map<String, Long> wrong = holding(fine);
    Set<String> codes = new TreeSet<>(caught.keySet());
    codes.addAll(wrong.keySet());
    page.paragraph(
        "Signal by signal, where it is among the heaviest of what holds a version: of how many incidents, of how many good ones,"
            + " and the share of incidents among both.");
    page.table(
        List.of("signal", "incidents", "recall", "good ones", "precision"),
        codes.stream()
            .map(
                code -> {
                  long right = caught.getOrDefault(code, 0L);
                  long mistaken = wrong.getOrDefault(code, 0L);
                  return List.of(
                      "`" + code + "`",
                      String.valueOf(right),
                      MarkdownPage.share(right, bad.size()),
                      String.valueOf(mistaken),
                      MarkdownPage.share(right, right + mistaken));
                })
            .toList());
  }

  private static Map<String, Long> holding(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(Outcome::stored)
        .flatMap(outcome -> outcome.codes().stream())
        .collect(Collectors.groupingBy(code -> code, Collectors.counting()));
  }

  private static List<String> row(
      String what, Outcome.Level least, List<Case> bad, List<Outcome> fine) {
    long caught = bad.stream().filter(c -> c.outcome().level().compareTo(least) >= 0).count();
    long wrong = fine.stream().filter(o -> o.level().compareTo(least) >= 0).count();
    return List.of(
        what,
        caught + " of " + bad.size(),
        MarkdownPage.share(caught, bad.size()),
        wrong + " of " + fine.size(),
        MarkdownPage.share(wrong, fine.size()),
        MarkdownPage.share(caught, caught + wrong));
  }
}

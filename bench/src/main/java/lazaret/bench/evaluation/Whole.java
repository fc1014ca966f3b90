package lazaret.bench.evaluation;

import java.util.ArrayList;
import java.util.List;
import lazaret.bench.evaluation.Fixtures.Case;

/// Precision and recall of everything together.
///
/// @param fixtures incidents and benign ones
/// @param good what became of each artefact of the slice
record Whole(Fixtures fixtures, List<Outcome> good) implements Section {
  @Override
  public void write(Page page) {
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
            "asked for", "incidents held", "recall", "good ones held", "false alarms", "precision"),
        List.of(
            row("high or block", Outcome.Level.HIGH, bad, fine),
            row("review or more", Outcome.Level.REVIEW, bad, fine)));
    double left = 1 - bad.stream().filter(c -> c.outcome().held()).count() / (double) bad.size();
    double outlasts = CooldownCurve.share(7);
    page.paragraph(
        "Were misses as long-lived as other incidents, signals and 7 days of waiting together would stop %s of all before a feed"
                .formatted(Page.share(Math.round(1000 * (1 - left * (1 - outlasts))), 1000))
            + " knows. That is an estimate: what escapes the signals acts at run time more often, and that lives longer.");
    page.paragraph(
        "Precision depends on how many bad ones there are among all: here %d incidents stand beside %d good ones, while in a registry one of tens of thousands is bad. The rate of false alarms is the figure that carries over."
            .formatted(bad.size(), fine.size()));
  }

  private static List<String> row(
      String what, Outcome.Level least, List<Case> bad, List<Outcome> fine) {
    long caught = bad.stream().filter(c -> c.outcome().level().compareTo(least) >= 0).count();
    long wrong = fine.stream().filter(o -> o.level().compareTo(least) >= 0).count();
    return List.of(
        what,
        caught + " of " + bad.size(),
        Page.share(caught, bad.size()),
        wrong + " of " + fine.size(),
        Page.share(wrong, fine.size()),
        Page.share(caught, caught + wrong));
  }
}

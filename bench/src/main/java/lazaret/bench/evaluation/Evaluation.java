package lazaret.bench.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.testkit.SharedData;
import org.jspecify.annotations.Nullable;

/// The whole page. The same data gives the same bytes.
public final class Evaluation {
  private final MarkdownPage page = new MarkdownPage();
  private final @Nullable Shared shared;

  private final Fixtures fixtures;

  private final FixtureSet second;

  private final List<FixtureSetRecall> later;

  private Evaluation(@Nullable Shared shared, Path incidents) {
    this.shared = shared;
    this.fixtures = Fixtures.of(incidents);
    this.second = FixtureSet.of(incidents.resolveSibling("incidents-2"));
    this.later = later(incidents);
  }

  /// Reads the sets after the second, in their order.
  static List<FixtureSetRecall> later(Path incidents) {
    return List.of(
        later(incidents, 3, FixtureSetRecall.Words.THIRD),
        later(incidents, 4, FixtureSetRecall.Words.FOURTH),
        later(incidents, 5, FixtureSetRecall.Words.FIFTH),
        later(incidents, 6, FixtureSetRecall.Words.SIXTH),
        later(incidents, 7, FixtureSetRecall.Words.SEVENTH),
        later(incidents, 8, FixtureSetRecall.Words.EIGHTH),
        later(incidents, 9, FixtureSetRecall.Words.NINTH),
        later(incidents, 10, FixtureSetRecall.Words.TENTH),
        later(incidents, 11, FixtureSetRecall.Words.ELEVENTH),
        later(incidents, 12, FixtureSetRecall.Words.TWELFTH));
  }

  private static FixtureSetRecall later(Path incidents, int number, FixtureSetRecall.Words words) {
    return new FixtureSetRecall(
        FixtureSet.of(incidents.resolveSibling("incidents-" + number)), words);
  }

  /// Measures everything that the data permits.
  ///
  /// @param data shared reference data; without it, the sections that need it are visibly omitted
  /// @param incidents folder of the fixtures; the other sets are next to it, in `incidents-2` and
  ///   so on
  /// @return the page in Markdown
  public static String page(Optional<SharedData> data, Path incidents) {
    return new Evaluation(data.map(Shared::of).orElse(null), incidents).write();
  }

  private String write() {
    page.heading(1, "Evaluation");
    page.paragraph(
        "The quality of the verdicts, measured by `bin/evaluate`, which writes this page. Do not edit it by hand.");
    if (shared == null) {
      page.paragraph(
          "Omitted, because the shared data is missing: feeds, ranges, established tools, false positives.");
    } else {
      page.paragraph(
          "Data: RustSec to %s with %d advisories, OSV to %s with %d; %d artifacts."
              .formatted(
                  shared.rustSec().info().newest(),
                  shared.rustSec().advisories().size(),
                  shared.osv().info().newest(),
                  shared.osv().advisories().size(),
                  shared.data().artifacts().size()));
    }
    sections().forEach(section -> section.write(page));
    return page.toString();
  }

  private List<PageSection> sections() {
    List<PageSection> sections = new ArrayList<>();
    if (shared != null) {
      sections.add(new FeedRecall(shared));
      sections.add(new RangeProbes(shared));
      sections.add(new Oracles(shared));
    }
    FalsePositives good = shared == null ? new FalsePositives(Map.of()) : FalsePositives.of(shared);
    List<DeltaFalsePositives.Pair> pairs = List.of();
    if (shared != null) {
      sections.add(good);
      DeltaFalsePositives delta = DeltaFalsePositives.of(shared, good.found());
      pairs = delta.pairs();
      sections.add(delta);
    }
    sections.add(new FixtureRecall(fixtures));
    sections.add(new FixtureSetRecall(second, FixtureSetRecall.Words.SECOND));
    sections.addAll(later);
    List<FixtureSet> sets = later.stream().map(FixtureSetRecall::set).toList();
    sections.add(
        new RuleChangeFigures(new RuleChangeFigures.Sets(second, sets), good.found(), pairs));
    sections.add(new CooldownCurve());
    sections.add(new OverallScores(fixtures, good.outcomes()));
    return sections;
  }
}

package lazaret.bench.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lazaret.bench.evaluation.AgedFixture.Form;
import lazaret.testkit.SharedData.Artifact;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.Findings;

/// The figures for judging a change of the rules: the recorded ones of earlier commits, next to
/// those of the current rules.
///
/// @param sets sets of fixtures
/// @param good findings of each artifact of the slice
/// @param pairs pairs of releases in the slice
record RuleChangeFigures(
    Sets sets, Map<Artifact, Findings> good, List<DeltaFalsePositives.Pair> pairs)
    implements PageSection {
  /// The sets whose figures are compared.
  ///
  /// @param second set by which the rules were changed
  /// @param later sets after it, in their order
  record Sets(FixtureSet second, List<FixtureSet> later) {
    Sets {
      later = List.copyOf(later);
    }
  }

  /// The names of the sets after the second.
  private static final List<String> LATER =
      List.of(
          "third set",
          "fourth set",
          "fifth set",
          "sixth set",
          "seventh set",
          "eighth set",
          "ninth set",
          "tenth set, unseen",
          "eleventh set, unseen",
          "twelfth set, unseen");

  private static final String COMMIT = "9659fa9";

  /// The commit whose rules the third and the fourth set were measured by before.
  private static final String COMMIT_OF_UNSEEN = "25dd4f3";

  /// The last commit of rules before the fifth and the sixth set were written.
  private static final String COMMIT_OF_FIFTH = "ce50486b";

  /// The last commit of rules before the ninth set was opened; the sets after it were not written.
  private static final String COMMIT_OF_NINTH = "a44d6a55";

  /// The commit whose rules were written while the third set was, without sight of it.
  private static final String COMMIT_BETWEEN = "cc663b7";

  /// The share of crates, in 256ths, in the separate part, chosen by the digest of the name.
  private static final int APART = 64;

  /// The figures of the rules of the commits, measured on 2026-11-27, and on 2026-11-28 for the
  /// unseen sets.
  private static final Map<String, String> BEFORE =
      read(
          """
          `blind`: new crate at 1 day = 18 of 43 (41.9 %)
          `blind`: new crate at 10 days = 18 of 43 (41.9 %)
          `blind`: new crate at 20 days = 8 of 43 (18.6 %)
          `blind`: takeover at 10 days = 32 of 43 (74.4 %)
          `blind`: takeover at 20 days = 14 of 43 (32.6 %)
          `informed`: new crate at 1 day = 4 of 32 (12.5 %)
          `informed`: new crate at 10 days = 4 of 32 (12.5 %)
          `informed`: new crate at 20 days = 1 of 32 (3.1 %)
          `informed`: takeover at 10 days = 22 of 32 (68.8 %)
          `informed`: takeover at 20 days = 3 of 32 (9.4 %)
          both sets: new crate at 1 day = 22 of 75 (29.3 %)
          both sets: new crate at 10 days = 22 of 75 (29.3 %)
          both sets: new crate at 20 days = 9 of 75 (12.0 %)
          both sets: takeover at 10 days = 54 of 75 (72.0 %)
          both sets: takeover at 20 days = 17 of 75 (22.7 %)
          giveaway literal taken out: new crate at 10 days = 3 of 15 (20.0 %)
          honest neighbors held at 10 days = 5 of 34 (14.7 %)
          third set: new crate at 1 day = 19 of 36 (52.8 %)
          third set: new crate at 10 days = 19 of 36 (52.8 %)
          third set: new crate at 20 days = 15 of 36 (41.7 %)
          third set: takeover at 10 days = 23 of 36 (63.9 %)
          third set: takeover at 20 days = 19 of 36 (52.8 %)
          third set: honest neighbors at 10 days = 7 of 18 (38.9 %)
          fourth set: new crate at 1 day = 12 of 24 (50.0 %)
          fourth set: new crate at 10 days = 12 of 24 (50.0 %)
          fourth set: new crate at 20 days = 10 of 24 (41.7 %)
          fourth set: takeover at 10 days = 15 of 24 (62.5 %)
          fourth set: takeover at 20 days = 13 of 24 (54.2 %)
          fourth set: honest neighbors at 10 days = 5 of 12 (41.7 %)
          fifth set: new crate at 1 day = 18 of 24 (75.0 %)
          fifth set: new crate at 10 days = 18 of 24 (75.0 %)
          fifth set: new crate at 20 days = 17 of 24 (70.8 %)
          fifth set: takeover at 10 days = 23 of 24 (95.8 %)
          fifth set: takeover at 20 days = 23 of 24 (95.8 %)
          fifth set: honest neighbors at 10 days = 6 of 16 (37.5 %)
          sixth set: new crate at 1 day = 16 of 24 (66.7 %)
          sixth set: new crate at 10 days = 16 of 24 (66.7 %)
          sixth set: new crate at 20 days = 14 of 24 (58.3 %)
          sixth set: takeover at 10 days = 23 of 24 (95.8 %)
          sixth set: takeover at 20 days = 23 of 24 (95.8 %)
          sixth set: honest neighbors at 10 days = 3 of 16 (18.8 %)
          seventh set: new crate at 1 day = 16 of 24 (66.7 %)
          seventh set: new crate at 10 days = 16 of 24 (66.7 %)
          seventh set: new crate at 20 days = 15 of 24 (62.5 %)
          seventh set: takeover at 10 days = 22 of 24 (91.7 %)
          seventh set: takeover at 20 days = 22 of 24 (91.7 %)
          seventh set: honest neighbors at 10 days = 11 of 24 (45.8 %)
          eighth set: new crate at 1 day = 16 of 24 (66.7 %)
          eighth set: new crate at 10 days = 16 of 24 (66.7 %)
          eighth set: new crate at 20 days = 15 of 24 (62.5 %)
          eighth set: takeover at 10 days = 21 of 24 (87.5 %)
          eighth set: takeover at 20 days = 21 of 24 (87.5 %)
          eighth set: honest neighbors at 10 days = 6 of 24 (25.0 %)
          ninth set: new crate at 1 day = 18 of 24 (75.0 %)
          ninth set: new crate at 10 days = 18 of 24 (75.0 %)
          ninth set: new crate at 20 days = 18 of 24 (75.0 %)
          ninth set: takeover at 10 days = 24 of 24 (100.0 %)
          ninth set: takeover at 20 days = 24 of 24 (100.0 %)
          ninth set: honest neighbors at 10 days = 6 of 24 (25.0 %)
          tenth set, unseen: new crate at 1 day = 18 of 24 (75.0 %)
          tenth set, unseen: new crate at 10 days = 18 of 24 (75.0 %)
          tenth set, unseen: new crate at 20 days = 18 of 24 (75.0 %)
          tenth set, unseen: takeover at 10 days = 24 of 24 (100.0 %)
          tenth set, unseen: takeover at 20 days = 24 of 24 (100.0 %)
          tenth set, unseen: honest neighbors at 10 days = 7 of 24 (29.2 %)
          eleventh set, unseen: new crate at 1 day = 19 of 24 (79.2 %)
          eleventh set, unseen: new crate at 10 days = 19 of 24 (79.2 %)
          eleventh set, unseen: new crate at 20 days = 19 of 24 (79.2 %)
          eleventh set, unseen: takeover at 10 days = 24 of 24 (100.0 %)
          eleventh set, unseen: takeover at 20 days = 23 of 24 (95.8 %)
          eleventh set, unseen: honest neighbors at 10 days = 6 of 24 (25.0 %)
          twelfth set, unseen: new crate at 1 day = 18 of 24 (75.0 %)
          twelfth set, unseen: new crate at 10 days = 18 of 24 (75.0 %)
          twelfth set, unseen: new crate at 20 days = 18 of 24 (75.0 %)
          twelfth set, unseen: takeover at 10 days = 23 of 24 (95.8 %)
          twelfth set, unseen: takeover at 20 days = 23 of 24 (95.8 %)
          twelfth set, unseen: honest neighbors at 10 days = 4 of 24 (16.7 %)
          honest artifacts = 18 of 691 (2.6 %)
          honest artifacts of the quarter apart = 7 of 185 (3.8 %)
          honest releases after the one before = 0 of 111 (0.0 %)
          honest releases after any one before = 16 of 310 (5.2 %)
          """);

  /// The figures of the rules of the commit between, measured on 2026-11-28.
  private static final Map<String, String> BETWEEN =
      read(
          """
          `blind`: new crate at 1 day = 33 of 43 (76.7 %)
          `blind`: new crate at 10 days = 33 of 43 (76.7 %)
          `blind`: new crate at 20 days = 27 of 43 (62.8 %)
          `blind`: takeover at 10 days = 43 of 43 (100.0 %)
          `blind`: takeover at 20 days = 42 of 43 (97.7 %)
          `informed`: new crate at 1 day = 29 of 32 (90.6 %)
          `informed`: new crate at 10 days = 29 of 32 (90.6 %)
          `informed`: new crate at 20 days = 27 of 32 (84.4 %)
          `informed`: takeover at 10 days = 32 of 32 (100.0 %)
          `informed`: takeover at 20 days = 32 of 32 (100.0 %)
          both sets: new crate at 1 day = 62 of 75 (82.7 %)
          both sets: new crate at 10 days = 62 of 75 (82.7 %)
          both sets: new crate at 20 days = 54 of 75 (72.0 %)
          both sets: takeover at 10 days = 75 of 75 (100.0 %)
          both sets: takeover at 20 days = 74 of 75 (98.7 %)
          giveaway literal taken out: new crate at 10 days = 11 of 15 (73.3 %)
          honest neighbors held at 10 days = 1 of 34 (2.9 %)
          third set: new crate at 1 day = 24 of 36 (66.7 %)
          third set: new crate at 10 days = 24 of 36 (66.7 %)
          third set: new crate at 20 days = 20 of 36 (55.6 %)
          third set: takeover at 10 days = 32 of 36 (88.9 %)
          third set: takeover at 20 days = 32 of 36 (88.9 %)
          third set: honest neighbors at 10 days = 8 of 18 (44.4 %)
          fourth set: new crate at 1 day = 17 of 24 (70.8 %)
          fourth set: new crate at 10 days = 17 of 24 (70.8 %)
          fourth set: new crate at 20 days = 14 of 24 (58.3 %)
          fourth set: takeover at 10 days = 22 of 24 (91.7 %)
          fourth set: takeover at 20 days = 22 of 24 (91.7 %)
          fourth set: honest neighbors at 10 days = 4 of 12 (33.3 %)
          honest artifacts = 17 of 691 (2.5 %)
          honest artifacts of the quarter apart = 5 of 185 (2.7 %)
          honest releases after the one before = 0 of 111 (0.0 %)
          honest releases after any one before = 8 of 310 (2.6 %)
          """);

  private static Map<String, String> read(String lines) {
    return lines
        .lines()
        .map(line -> line.split(" = ", 2))
        .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
  }

  @Override
  public void write(MarkdownPage page) {
    page.heading(2, "Before and after");
    page.paragraph(
        """
        The second set, honest artifacts and honest releases by the rules of commit `%s`, measured once, and by those of today;
        the sets after it by the rules of commit `%s`, the last before the third was written, and by those of today. Between
        them are the rules of commit `%s`, which were written at the time of the third set and before the fourth, without sight of
        either. Attacks are counted where they are held for a reason other than their age, honest ones where a person is asked
        to look while they are young. The targets were set for fixtures that were not seen by the authors of the rules: these
        are the sets that are called unseen, for all columns, and the others for rules that are older than their opening.
        From the fifth set on, `before` means the rules of commit `%s`, from the ninth on those of commit `%s`. A quarter of
        the slice is separate by the digest of the crate's name, without a promise that it was not looked at.
        """
            .formatted(COMMIT, COMMIT_OF_UNSEEN, COMMIT_BETWEEN, COMMIT_OF_FIFTH, COMMIT_OF_NINTH));
    page.table(
        List.of("figure", "target", "before", "`" + COMMIT_BETWEEN + "`", "now"),
        figures().stream().map(RuleChangeFigures::row).toList());
  }

  private static List<String> row(Figure figure) {
    return List.of(
        figure.what(),
        figure.target(),
        BEFORE.getOrDefault(figure.what(), "-"),
        BETWEEN.getOrDefault(figure.what(), "-"),
        figure.now());
  }

  /// A figure of the current rules.
  private record Figure(String what, String target, String now) {}

  private List<Figure> figures() {
    List<Figure> rows = new ArrayList<>();
    FixtureSet set = sets.second();
    for (String name : set.sets()) {
      attacks(rows, "`" + name + "`", set.attacks(name));
    }
    attacks(rows, "both sets", set.attacks());
    rows.add(
        new Figure(
            "giveaway literal taken out: new crate at 10 days",
            "70 %",
            FixtureSetRecall.count(set.bare(), Form.NEW_CRATE, 10)));
    rows.add(
        new Figure(
            "honest neighbors held at 10 days",
            "2 of 24 (8.3 %)",
            FixtureSetRecall.count(set.relatedCrates(), Form.NEW_CRATE, 10)));
    for (int i = 0; i < sets.later().size(); i++) {
      later(rows, LATER.get(i), sets.later().get(i));
    }
    honest(rows);
    return rows;
  }

  private static void later(List<Figure> rows, String name, FixtureSet set) {
    if (set.fixtures().isEmpty()) {
      return;
    }
    attacks(rows, name, set.attacks());
    rows.add(
        row(
            name + ": honest neighbors at 10 days",
            "8.3 %",
            set.relatedCrates(),
            Form.NEW_CRATE,
            10));
  }

  private static void attacks(List<Figure> rows, String name, List<AgedFixture> these) {
    rows.add(row(name + ": new crate at 1 day", "", these, Form.NEW_CRATE, 1));
    rows.add(row(name + ": new crate at 10 days", "90 %", these, Form.NEW_CRATE, 10));
    rows.add(row(name + ": new crate at 20 days", "75 %", these, Form.NEW_CRATE, 20));
    rows.add(row(name + ": takeover at 10 days", "95 %", these, Form.TAKEOVER, 10));
    rows.add(row(name + ": takeover at 20 days", "", these, Form.TAKEOVER, 20));
  }

  private static Figure row(
      String what, String target, List<AgedFixture> these, Form form, int days) {
    return new Figure(what, target, FixtureSetRecall.count(these, form, days));
  }

  private void honest(List<Figure> rows) {
    if (good.isEmpty()) {
      return;
    }
    List<Findings> apart =
        good.entrySet().stream()
            .filter(e -> apart(e.getKey().name().collisionKey()))
            .map(Map.Entry::getValue)
            .toList();
    rows.add(new Figure("honest artifacts", "2.0 %", asking(List.copyOf(good.values()))));
    rows.add(new Figure("honest artifacts of the quarter apart", "2.0 %", asking(apart)));
    List<DeltaFalsePositives.Pair> next =
        pairs.stream().filter(pair -> pair.releases() == 1).toList();
    rows.add(new Figure("honest releases after the one before", "3 %", differing(next)));
    rows.add(new Figure("honest releases after any one before", "3 %", differing(pairs)));
  }

  private static boolean apart(String key) {
    return (Sha256.of(Bytes.utf8(key)).bytes()[0] & 0xff) < APART;
  }

  private static String asking(List<Findings> these) {
    return share(these.stream().filter(f -> Outcome.of(f).stored()).count(), these.size());
  }

  private static String differing(List<DeltaFalsePositives.Pair> these) {
    return share(these.stream().filter(DeltaFalsePositives.Pair::asks).count(), these.size());
  }

  private static String share(long part, int whole) {
    return "%d of %d (%s)".formatted(part, whole, MarkdownPage.share(part, whole));
  }
}

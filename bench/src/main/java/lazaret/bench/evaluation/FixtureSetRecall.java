package lazaret.bench.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import lazaret.bench.evaluation.AgedFixture.Form;

/// Recall and false alarms on a set of fixtures, at typical ages of a requested version.
///
/// @param set the fixtures
/// @param words heading and texts
record FixtureSetRecall(FixtureSet set, Words words) implements PageSection {
  /// The texts of the section of one set.
  ///
  /// @param heading heading of the section
  /// @param origin description and origin of the fixtures
  /// @param groups introduction of the table by groups
  record Words(String heading, String origin, String groups) {
    private static final String PLACES =
        "The same attacks by the place of the package in which they are:";

    static final Words SECOND =
        new Words(
            "The second set of fixtures, by age",
            """
            Inert attacks, each with its last harmless release next to it (`testkit/incidents-2/README.md`), judged by the
            default policy: as the only version of a new crate, as the next version of one that was quiet for 900 days, and as the
            next version of one with a release every 60 days. Held means that a person must look or that it is denied; a wait
            that ends by itself does not count. `blind` was written from
            incident reports alone, without sight of the rules; `informed` by an author who knew them and the classes of attacks that
            they had missed. The missed fixtures are not listed, so that no rule is fitted to one.
            """,
            "The informed attacks by the class of missed ones that they represent:");

    static final Words THIRD =
        new Words(
            "The third set, opened after its measurement",
            """
            Attacks of the same form as those of the second set (`testkit/incidents-3/README.md`), written on 2026-11-28 from incident
            reports by an author who had opened neither the rules nor the code of the other sets, while others changed the rules without
            sight of these fixtures. In `unseen` the release differs from the one before by the attack only; in `unseen, larger change`
            it has honest changes as well. The figures are blind ones only for rules that
            were written without it: those of commits `25dd4f3` and `cc663b7` below, the latter written in the same hour. On
            2026-11-28 at 03:05 UTC the authors of the rules got a list of the misses and false alarms by class, and at 05:18 UTC
            the second, third and fourth set were opened to them. Of rules since then these sets show whether a class of misses
            was closed, not what they find among attacks that their authors did not know.
            """,
            PLACES);

    static final Words FOURTH =
        new Words(
            "The fourth set, opened after its measurement",
            """
            Attacks of the same form once more (`testkit/incidents-4/README.md`), written on 2026-11-28 between 02:58 and 03:15 UTC from
            incident reports by another author, who had opened neither the rules nor the fixtures of the other sets. Others changed
            the rules in the same hour, by what was missed of the third set, without sight of these fixtures. Rules that were
            written before 05:18 UTC on that day are blind to it, the last of them those of commit `ce50486b`.
            By these 17 of 24 were held as new crates at 10 days and 14 at 20 days, 23 as takeovers at either age, and 3 of 12
            honest neighbors. Then the set was opened to the authors of the rules.
            """,
            PLACES);

    static final Words FIFTH =
        new Words(
            "The fifth set, opened after its measurement",
            """
            Attacks of the same form (`testkit/incidents-5/README.md`), written on 2026-11-28 from 05:19 to 05:38 UTC by an author who had
            opened neither the rules nor the code of the other sets. Rules up to commit `c7470058` were written without sight of it. By
            these 22 of 24 were held as new crates at either age, 23 as takeovers, and 6 of 16 honest neighbors. At 06:06 UTC it
            was opened to the authors of the rules.
            """,
            PLACES);

    static final Words SIXTH =
        new Words(
            "The sixth set, opened after its measurement",
            """
            Attacks of the same form (`testkit/incidents-6/README.md`), written in the same minutes as the fifth set and under the same
            conditions by another author. By the rules of `c7470058` 20 of 24 were held as new crates at either age, 23 as takeovers,
            and 4 of 16 honest neighbors. It was opened with the fifth.
            """,
            PLACES);

    static final Words SEVENTH =
        new Words(
            "The seventh set, opened after its measurement",
            """
            Attacks of the same form (`testkit/incidents-7/README.md`), written on 2026-11-28 from 06:05 to 06:23 UTC by an author who had
            opened neither the rules nor the code of the other sets. Rules up to commit `5d504be3` were written without sight of it. By
            these 20 of 24 were held as new crates at either age, 23 as takeovers at 10 days, and 12 of 24 honest neighbors. At 06:42
            UTC it was opened to the authors of the rules.
            """,
            PLACES);

    static final Words EIGHTH =
        new Words(
            "The eighth set, opened after its measurement",
            """
            Attacks of the same form (`testkit/incidents-8/README.md`), written in the same minutes as the seventh set and under the same
            conditions by another author. Rules up to commit `a44d6a55` were written without sight of it. By these 19 of 24 were
            held as new crates at either age, 22 as takeovers, and 4 of 24 honest neighbors. At 08:54 UTC on 2026-11-28 it was
            opened to the authors of the rules.
            """,
            PLACES);

    static final Words NINTH =
        new Words(
            "The ninth set, opened after its measurement",
            """
            Attacks of the same form (`testkit/incidents-9/README.md`), written on 2026-11-28 by an author who had opened neither the
            rules nor the code of the other sets. Rules up to commit `a44d6a55` were written without sight of it. By these 18 of 24
            were held as new crates at either age, 24 as takeovers, and 6 of 24 honest neighbors. It was opened with the eighth.
            """,
            PLACES);

    static final Words TENTH =
        new Words(
            "The tenth set, unseen by the authors of the rules",
            """
            Attacks of the same form (`testkit/incidents-10/README.md`), written in the same minutes as the ninth set and under the
            same conditions by another author. No rule of inspector 10 or before was written with sight of it. The missed fixtures
            are not listed.
            """,
            PLACES);

    static final Words ELEVENTH =
        new Words(
            "The eleventh set, unseen by the authors of the rules",
            """
            Attacks of the same form (`testkit/incidents-11/README.md`), written on 2026-11-28 from 08:53 to 09:15 UTC by an author
            who had opened neither the rules nor the code of the other sets. No rule of inspector 10 or before was written with
            sight of it. The missed fixtures are not listed.
            """,
            PLACES);

    static final Words TWELFTH =
        new Words(
            "The twelfth set, unseen by the authors of the rules",
            """
            Attacks of the same form (`testkit/incidents-12/README.md`), written in the same minutes as the eleventh set and under
            the same conditions by another author. The missed fixtures are not listed.
            """,
            PLACES);
  }

  private static final List<String> AGES =
      List.of(
          "new crate, 1 d",
          "new crate, 10 d",
          "new crate, 20 d",
          "takeover, 10 d",
          "takeover, 20 d",
          "next release, 10 d");

  @Override
  public void write(MarkdownPage page) {
    if (set.fixtures().isEmpty()) {
      return;
    }
    page.heading(2, words.heading());
    page.paragraph(words.origin());
    List<List<String>> rows = new ArrayList<>();
    for (String name : set.sets()) {
      rows.add(row(name, set.attacks(name)));
    }
    rows.add(row("**both**", set.attacks()));
    page.table(header("set"), rows);
    bare(page);
    classes(page);
    relatedCrates(page);
  }

  private void bare(MarkdownPage page) {
    List<AgedFixture> bare = set.bare();
    if (bare.isEmpty()) {
      return;
    }
    page.paragraph(
        "Some attacks again, with the incidental literal taken out that may have given them away"
            + " (an address, the name of a secret, the word `sh`) and put together at run time or"
            + " read from elsewhere; what they do is the same:");
    List<String> kinds = bare.stream().map(AgedFixture::kind).toList();
    List<AgedFixture> whole = set.attacks().stream().filter(f -> kinds.contains(f.kind())).toList();
    page.table(header("literal"), List.of(row("as it was", whole), row("taken out", bare)));
  }

  private void classes(MarkdownPage page) {
    Map<String, List<AgedFixture>> byClass =
        set.attacks().stream()
            .filter(f -> !f.group().isEmpty())
            .collect(Collectors.groupingBy(AgedFixture::group, TreeMap::new, Collectors.toList()));
    if (byClass.isEmpty()) {
      return;
    }
    page.paragraph(words.groups());
    page.table(
        header("class"),
        byClass.entrySet().stream().map(e -> row(e.getKey(), e.getValue())).toList());
  }

  private void relatedCrates(MarkdownPage page) {
    page.paragraph(
        "Honest neighbors, which do for a good reason what attacks do, as new crates; with the"
            + " signals that hold them:");
    Map<String, List<AgedFixture>> bySet =
        set.relatedCrates().stream()
            .collect(Collectors.groupingBy(AgedFixture::set, TreeMap::new, Collectors.toList()));
    List<List<String>> rows = new ArrayList<>();
    bySet.forEach((name, these) -> rows.add(alarms(name, these)));
    if (bySet.size() > 1) {
      rows.add(alarms("**both**", set.relatedCrates()));
    }
    page.table(List.of("set", "held at 10 d", "held at 20 d", "signals"), rows);
  }

  private static List<String> alarms(String name, List<AgedFixture> these) {
    String signals =
        these.stream()
            .filter(f -> f.held(Form.NEW_CRATE, 10))
            .flatMap(f -> f.outcome().codes().stream())
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", "));
    return List.of(
        name, count(these, Form.NEW_CRATE, 10), count(these, Form.NEW_CRATE, 20), signals);
  }

  private static List<String> header(String first) {
    List<String> header = new ArrayList<>(List.of(first));
    header.addAll(AGES);
    return header;
  }

  private static List<String> row(String name, List<AgedFixture> these) {
    return List.of(
        name,
        count(these, Form.NEW_CRATE, 1),
        count(these, Form.NEW_CRATE, 10),
        count(these, Form.NEW_CRATE, 20),
        count(these, Form.TAKEOVER, 10),
        count(these, Form.TAKEOVER, 20),
        count(these, Form.NEXT_RELEASE, 10));
  }

  /// Returns a count and its share.
  static String count(List<AgedFixture> these, Form form, int days) {
    long held = FixtureSet.held(these, form, days);
    return "%d of %d (%s)".formatted(held, these.size(), MarkdownPage.share(held, these.size()));
  }
}

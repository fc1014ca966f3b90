package lazaret.bench.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lazaret.bench.evaluation.Fixtures.Case;

/// The recall of inspection on inert fixtures of known incidents, by class.
///
/// @param fixtures the fixtures
record FixtureRecall(Fixtures fixtures) implements PageSection {
  /// The reasons for misses, by a part of the text in the list of misses.
  private static final Map<String, String> REASONS = reasons();

  private static Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put(
        "build-native-object",
        "`build-native-object` split: what is linked is a line of text here, put together from parts by the build script; see the"
            + " table below");
    reasons.put(
        "carried-executable",
        "`carried-executable`: no code does anything with it, and the file is a line of text; see the table below");
    reasons.put(
        "` include",
        "disguise `include`: the suspicious text is in a data file, in a form that only the code next to it can read");
    reasons.put(
        "runtime-fetch-and-execute",
        "`runtime-fetch-and-execute`: a client library and a program's standard input, no file, no permission bits, and the"
            + " program is named nowhere that we can read");
    reasons.put(
        "runtime-per-os-payload",
        "`runtime-per-os-payload` macro: the paths are put together from macro arguments, so that no path is ever written");
    reasons.put(
        "carrier-unpinned-dependency",
        "`carrier-unpinned-dependency`: a new crate that depends on a new crate is what every project split in two looks like: it"
            + " waits 14 days, and needs no review. The crate that carries the payload is judged by its own files");
    reasons.put(
        "clean-so-far",
        "`squat-staged-names` clean-so-far: there is nothing in it, and its name is near none that is established; it waits");
    reasons.put(
        "affiliate-of-known-bad-owner",
        "`affiliate-of-known-bad-owner`: only the owner is known to be bad, and no upstream index names the owner; it waits,"
            + " until a feed names it");
    return reasons;
  }

  @Override
  public void write(MarkdownPage page) {
    page.heading(2, "Recall on fixtures of incidents");
    page.paragraph(
        """
        Inert crates and release stories written from the published reports of each class of incident by an author who had not
        seen the rules, each in several disguises (`testkit/incidents/README.md` says which, and what they cannot show). Held
        means that a person must look before the version is served: a signal of weight review, high or block. Waiting alone
        does not count.

        **The first run, blind, held 147 of 169 crates (87.0 %) and 31 of 39 stories.** Rules were added afterwards by people who had
        read its misses, so that the figures below are those of a set that the authors knew. The added rules are general: data that
        is compiled in is read line by line and counts for the build script that pulls it in; programs are recognized
        behind encodings and in arrays; a program among tests counts in full where other code names it; network and processes
        count with a shell by name; what is named like an object counts where the build links; names count wherever in a source
        they are given. No fixture was changed.
        """);
    crates(page);
    stories(page);
    benign(page);
  }

  private void crates(MarkdownPage page) {
    page.heading(3, "Crates, by inspection alone");
    List<List<String>> rows = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    fixtures
        .incidents(false)
        .forEach(
            (kind, cases) -> {
              rows.add(row(kind, cases));
              cases.stream().filter(c -> !c.outcome().stored()).forEach(c -> missed.add(item(c)));
            });
    rows.add(total(fixtures.incidents(false)));
    page.table(List.of("class", "held", "recall", "by weight", "signals of most weight"), rows);
    missed(page, missed);
    binaries(page);
    page.paragraph("By disguise:");
    Map<String, List<Case>> byVariant =
        fixtures.incidents(false).values().stream()
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(Case::variant, TreeMap::new, Collectors.toList()));
    page.table(
        List.of("disguise", "held", "recall"),
        byVariant.entrySet().stream()
            .map(e -> List.of(e.getKey(), held(e.getValue()), recall(e.getValue())))
            .toList());
  }

  private void binaries(MarkdownPage page) {
    page.paragraph(
        "In two classes the incident carried a program or object, and the fixture a line of text in its place, in which"
            + " nothing that looks at formats can see anything. With a well-formed header without code in place of the text:");
    List<List<String>> rows = new ArrayList<>();
    fixtures
        .incidents(false)
        .forEach(
            (kind, cases) -> {
              long before = cases.stream().filter(c -> c.outcome().stored()).count();
              long after = cases.stream().filter(c -> c.binary().stored()).count();
              if (before != after) {
                String left =
                    cases.stream()
                        .filter(c -> !c.binary().stored())
                        .map(c -> c.variant() + " (" + c.binary() + ")")
                        .collect(Collectors.joining("; "));
                rows.add(
                    List.of(
                        kind, before + " of " + cases.size(), after + " of " + cases.size(), left));
              }
            });
    page.table(List.of("class", "text", "header", "still not held"), rows);
  }

  private void stories(MarkdownPage page) {
    page.heading(3, "Release stories");
    page.paragraph(
        "Evaluated by the past and the neighbors of the version (takeover signs, yank waves), by inspection of the version"
            + " itself, and by what it can do that the version before could not.");
    List<List<String>> rows = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    fixtures
        .incidents(true)
        .forEach(
            (kind, cases) -> {
              rows.add(row(kind, cases));
              cases.stream().filter(c -> !c.outcome().stored()).forEach(c -> missed.add(item(c)));
            });
    rows.add(total(fixtures.incidents(true)));
    page.table(List.of("class", "held", "recall", "by weight", "signals of most weight"), rows);
    missed(page, missed);
  }

  private void benign(MarkdownPage page) {
    page.heading(3, "Benign fixtures");
    page.paragraph("They do in the open what the others do in secret, and should not be held.");
    page.table(
        List.of("fixture", "held", "outcome"),
        fixtures.benign().stream()
            .map(
                c -> List.of(c.kind(), c.outcome().stored() ? "yes" : "no", c.outcome().toString()))
            .toList());
  }

  private static void missed(MarkdownPage page, List<String> missed) {
    if (!missed.isEmpty()) {
      page.paragraph("Not held, with what was noted:");
      page.list(missed);
      page.paragraph("Probable reasons:");
      page.list(
          REASONS.entrySet().stream()
              .filter(e -> missed.stream().anyMatch(m -> m.contains(e.getKey())))
              .map(Map.Entry::getValue)
              .toList());
    }
  }

  private static String item(Case missed) {
    return "`" + missed.kind() + "` " + missed.variant() + " (" + missed.outcome() + ")";
  }

  private static List<String> row(String kind, List<Case> cases) {
    Map<String, Long> weights =
        cases.stream()
            .collect(
                Collectors.groupingBy(
                    c -> c.outcome().level().word(), TreeMap::new, Collectors.counting()));
    Set<String> codes = new TreeSet<>();
    cases.stream()
        .filter(c -> c.outcome().stored())
        .forEach(c -> codes.addAll(c.outcome().codes()));
    return List.of(
        kind,
        held(cases),
        recall(cases),
        weights.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", ")),
        String.join(", ", codes));
  }

  private static List<String> total(Map<String, List<Case>> byClass) {
    List<Case> all = byClass.values().stream().flatMap(List::stream).toList();
    return List.of("**all**", held(all), recall(all), "", "");
  }

  private static String held(List<Case> cases) {
    return cases.stream().filter(c -> c.outcome().stored()).count() + " of " + cases.size();
  }

  private static String recall(List<Case> cases) {
    return MarkdownPage.share(
        cases.stream().filter(c -> c.outcome().stored()).count(), cases.size());
  }
}

package lazaret.bench.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lazaret.testkit.SharedData.Artifact;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.IndexPath;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.inspect.SignalWeight;
import lazaret.vetting.takeover.CrateHistory;

/// The rate at which a good version differs from an earlier good one in a way that requires a
/// review.
///
/// @param pairs consecutive versions of one crate in the slice
record DeltaFalsePositives(List<Pair> pairs) implements PageSection {
  private static final int SHOWN = 4;
  private static final int NEAR = 10;

  /// Two versions of one crate.
  ///
  /// @param crate name of the crate
  /// @param from the earlier version
  /// @param to the later version
  /// @param releases number of releases in the index after the first version, up to and including
  ///   the second
  /// @param builds whether one of them has a build script
  /// @param quiet days without a release before the second; 0 unless it is the first release after
  ///   a quiet period
  /// @param delta difference of the two
  record Pair(
      CrateName crate,
      CrateVersion from,
      CrateVersion to,
      long releases,
      boolean builds,
      long quiet,
      CapabilityDelta delta) {
    List<Signal> signals() {
      return delta.signals();
    }

    boolean asks() {
      return signals().stream().anyMatch(s -> s.weight() != SignalWeight.NOTE) || revived();
    }

    /// Returns whether this is the first release after a quiet period and has an addition of a kind
    /// that counts then.
    boolean revived() {
      return quiet > 0 && !delta.slight().isEmpty();
    }
  }

  /// Compares the findings of the slice.
  static DeltaFalsePositives of(Shared shared, Map<Artifact, Findings> found) {
    Map<CrateName, TreeMap<CrateVersion, Findings>> crates = new HashMap<>();
    found.forEach(
        (artifact, findings) ->
            crates
                .computeIfAbsent(artifact.name(), _ -> new TreeMap<>())
                .put(artifact.version(), findings));
    List<Pair> pairs = new ArrayList<>();
    crates.forEach((name, versions) -> compare(shared, name, versions, pairs));
    return new DeltaFalsePositives(List.copyOf(pairs));
  }

  private static void compare(
      Shared shared, CrateName name, TreeMap<CrateVersion, Findings> versions, List<Pair> pairs) {
    if (versions.size() < 2) {
      return;
    }
    List<IndexEntry> entries =
        IndexFile.parse(
                name, shared.file("upstream/index/" + IndexPath.of(name)), IndexLimits.DEFAULT)
            .entries();
    List<CrateVersion> published =
        entries.stream()
            .filter(e -> !e.yanked() && !e.version().isPreRelease())
            .map(e -> e.version())
            .toList();
    versions.forEach(
        (to, findings) -> {
          var before = versions.lowerEntry(to);
          if (before != null) {
            Findings base = before.getValue();
            pairs.add(
                new Pair(
                    name,
                    before.getKey(),
                    to,
                    published.stream()
                        .filter(v -> v.compareTo(before.getKey()) > 0 && v.compareTo(to) <= 0)
                        .count(),
                    base.trace().buildScript() != null || findings.trace().buildScript() != null,
                    quiet(entries, to),
                    CapabilityDelta.between(base, findings)));
          }
        });
  }

  private static long quiet(List<IndexEntry> entries, CrateVersion version) {
    List<Instant> times =
        entries.stream().map(IndexEntry::pubtime).filter(t -> t != null).sorted().toList();
    return entries.stream()
        .filter(e -> e.version().equals(version) && e.pubtime() != null)
        .flatMap(e -> CrateHistory.quietBefore(times, e.pubtime()).stream())
        .mapToLong(Duration::toDays)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void write(MarkdownPage page) {
    page.heading(3, "Between versions");
    page.paragraph(
        """
        The same for what a version can do that the one before could not: %d pairs of versions of one crate that follow each other
        in the slice. A requested version is usually compared with the release before it, while these have up to hundreds
        between them: more changes in them than in a release. Such a signal counts while the version is young, for no longer
        than the cooldown of versions with a build script; older versions are served with a note.
        """
            .formatted(pairs.size()));
    page.table(
        List.of("releases between", "pairs", "with a build script", "need a review", "rate"),
        List.of(
            row("none: the next release", 0, 1),
            row("1 to " + (NEAR - 1), 1, NEAR),
            row(NEAR + " and more", NEAR, Long.MAX_VALUE),
            row("**all**", -1, Long.MAX_VALUE)));
    page.table(
        List.of("signal", "weight", "pairs", "rate", "of those with a build script", "where"),
        codes());
    List<Pair> revived = pairs.stream().filter(p -> p.quiet() > 0).toList();
    page.paragraph(
        """
        %d of the pairs end with a release after a quiet time of a year or more (`revived`); %d of these have a signal that counts
        then, %d of them no other one that needs a review. They count above.
        """
            .formatted(
                revived.size(),
                revived.stream().filter(Pair::revived).count(),
                revived.stream()
                    .filter(Pair::revived)
                    .filter(
                        p -> p.signals().stream().allMatch(s -> s.weight() == SignalWeight.NOTE))
                    .count()));
    page.paragraph("Reasons why good releases need a review:");
    page.list(
        List.of(
            "`capability-gained`: a build script that began to write what it generates or to link a"
                + " library; a temporary file with permissions; a reader of all variables. One that"
                + " only began to ask the compiler for its version is a note",
            "`build-changed`: a build script appeared, or does something for the first time. That"
                + " its tokens alone are others is a note: most releases of crates with a build"
                + " script have that"));
  }

  /// @param above number of releases between that the pairs exceed
  /// @param most maximum number of releases between
  private List<String> row(String what, long above, long most) {
    List<Pair> these =
        pairs.stream().filter(p -> p.releases() > above && p.releases() <= most).toList();
    long asking = these.stream().filter(Pair::asks).count();
    return List.of(
        what,
        String.valueOf(these.size()),
        String.valueOf(these.stream().filter(Pair::builds).count()),
        String.valueOf(asking),
        MarkdownPage.share(asking, these.size()));
  }

  private List<List<String>> codes() {
    long builds = pairs.stream().filter(Pair::builds).count();
    List<List<String>> rows = new ArrayList<>();
    for (SignalWeight weight : SignalWeight.values()) {
      for (SignalCode code : SignalCode.values()) {
        List<Pair> hit =
            pairs.stream()
                .filter(
                    p ->
                        p.signals().stream()
                            .anyMatch(s -> s.code() == code && s.weight() == weight))
                .toList();
        if (!hit.isEmpty()) {
          rows.addFirst(
              List.of(
                  "`" + code + "`",
                  weight.code(),
                  String.valueOf(hit.size()),
                  MarkdownPage.share(hit.size(), pairs.size()),
                  MarkdownPage.share(hit.stream().filter(Pair::builds).count(), builds),
                  where(hit)));
        }
      }
    }
    return rows;
  }

  private static String where(List<Pair> hit) {
    TreeSet<String> crates =
        hit.stream().map(p -> p.crate().published()).collect(Collectors.toCollection(TreeSet::new));
    String shown = crates.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return crates.size() > SHOWN ? shown + " and " + (crates.size() - SHOWN) + " more" : shown;
  }
}

package lazaret.bench.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.VersionRange;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// The share of all known malicious crates that the feeds find, in several spellings of the name.
///
/// @param shared the shared data
record FeedRecall(Shared shared) implements PageSection {
  /// Crates that no public feed names; they are known from a report of the Rust project only.
  private static final String LOCAL =
      """
      [[advisory]]
      id = "LOCAL-1"
      crate = "faster_log"
      kind = "malware"
      reason = "Rust blog of 2025-09-24"

      [[advisory]]
      id = "LOCAL-2"
      crate = "async_println"
      kind = "malware"
      reason = "Rust blog of 2025-09-24"
      """;

  @Override
  public void write(MarkdownPage page) {
    Feed local = Shared.read("local", FeedFormat.LOCAL, Bytes.utf8(LOCAL));
    AdvisorySet set = AdvisorySet.of(List.of(shared.rustSec(), shared.osv(), local));
    page.heading(2, "Recall of the feeds");
    page.paragraph(
        """
        Every record that calls a crate malicious, asked for by name and version: the name as written, with `_` for `-`,
        with `-` for `_`, in capitals; each version that the record lists and each bound of its ranges (or 0.1.0 where it has
        none). Found is a hit of kind malware that bears the record's id.
        """);
    List<List<String>> rows = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    rows.add(row("RustSec, category or `expect-deleted`", rustSec(), set, missed));
    rows.add(row("OpenSSF malicious-packages", openSsf(), set, missed));
    rows.add(row("named by a report only, in the local feed", local.advisories(), set, missed));
    page.table(List.of("source", "records", "crates", "probes", "found", "recall"), rows);
    if (!missed.isEmpty()) {
      page.paragraph("Missed:");
      page.list(missed);
    }
    page.paragraph("The crate that was hijacked in August 2026, by the records of the feeds:");
    page.table(
        List.of("version", "verdict", "says so", "does not"),
        Stream.of("0.3.9", "0.3.10", "0.3.11").map(v -> arrayref(set, v)).toList());
    page.paragraph(
        "RustSec's range is open upwards, the other record lists one version: a version that only one of them accuses is"
            + " held as malware, with the disagreement shown.");
  }

  private List<Advisory> rustSec() {
    return shared.rustSec().advisories().stream()
        .filter(a -> a.kind() == AdvisoryKind.MALWARE)
        .toList();
  }

  private List<Advisory> openSsf() {
    Set<String> ids = new TreeSet<>();
    for (Path file : shared.files("osv-malicious")) {
      String name = file.getName(file.getNameCount() - 1).toString();
      if (name.endsWith(".json")) {
        ids.add(name.substring(0, name.length() - ".json".length()));
      }
    }
    return shared.osv().advisories().stream().filter(a -> ids.contains(a.id())).toList();
  }

  private static List<String> row(
      String what, List<Advisory> records, AdvisorySet set, List<String> missed) {
    int probes = 0;
    int found = 0;
    Set<String> crates = new TreeSet<>();
    for (Advisory record : records) {
      String name = String.valueOf(record.crate());
      crates.add(name);
      for (String spelling : spellings(name)) {
        for (String version : versions(record)) {
          probes++;
          if (finds(set, record, spelling, version)) {
            found++;
          } else {
            missed.add(record.id() + " as `" + spelling + "` " + version);
          }
        }
      }
    }
    return List.of(
        what,
        String.valueOf(records.size()),
        String.valueOf(crates.size()),
        String.valueOf(probes),
        String.valueOf(found),
        MarkdownPage.share(found, probes));
  }

  private static boolean finds(AdvisorySet set, Advisory record, String name, String version) {
    return hits(set, name, version).stream()
        .anyMatch(hit -> hit.kind() == AdvisoryKind.MALWARE && hit.isNamed(record.id()));
  }

  private static Set<String> spellings(String name) {
    return new LinkedHashSet<>(
        List.of(
            name, name.replace('-', '_'), name.replace('_', '-'), name.toUpperCase(Locale.ROOT)));
  }

  private static Set<String> versions(Advisory record) {
    Set<String> versions = new TreeSet<>(record.affected().versions());
    for (VersionRange range : record.affected().ranges()) {
      CrateVersion from = range.introduced();
      versions.add(from == null ? "0.1.0" : from.text());
    }
    return versions;
  }

  private static List<String> arrayref(AdvisorySet set, String version) {
    List<AdvisoryGroup> hits = hits(set, "arrayref", version);
    if (hits.isEmpty()) {
      return List.of("arrayref " + version, "clean", "", "");
    }
    AdvisoryGroup hit = hits.getFirst();
    String verdict = hit.kind().code() + (hit.disputing().isEmpty() ? "" : ", disputed");
    return List.of("arrayref " + version, verdict, ids(hit.affirming()), ids(hit.disputing()));
  }

  private static String ids(List<Advisory> records) {
    return String.join(", ", new TreeSet<>(records.stream().map(Advisory::id).toList()));
  }

  private static List<AdvisoryGroup> hits(AdvisorySet set, String name, String version) {
    return set.hits(CrateName.parse(name), CrateVersion.parse(version), null);
  }
}

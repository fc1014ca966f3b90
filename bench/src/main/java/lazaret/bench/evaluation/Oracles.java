package lazaret.bench.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.audit.files.AuditsReader;
import lazaret.vetting.audit.files.VetPrinter;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.license.LicenseExpression;
import lazaret.vetting.license.LicenseTerm;
import lazaret.vetting.lockfile.LockedPackage;

/// A row-by-row comparison with the results of the established tools on the shared data.
///
/// @param shared the shared data
record Oracles(Shared shared) implements PageSection {
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  @Override
  public void write(MarkdownPage page) {
    List<AgreementCount> tallies = new ArrayList<>();
    tallies.add(requirements());
    tallies.add(order());
    tallies.add(ranges());
    tallies.add(lockfiles("RustSec's TOML", shared.rustSec()));
    tallies.add(lockfiles("OSV", shared.osv()));
    tallies.add(new VetOracle(shared).verdicts());
    tallies.add(format());
    tallies.add(licenses());
    page.heading(2, "Established tools");
    page.paragraph(
        "The results of the tools for the same data, compared with ours. A difference is a defect of ours, or is"
            + " explained by the rule that we follow instead.");
    page.table(AgreementCount.HEADER, tallies.stream().map(AgreementCount::row).toList());
    List<String> differences = tallies.stream().flatMap(t -> t.differences().stream()).toList();
    if (!differences.isEmpty()) {
      page.paragraph("Differences, the first few of each:");
      page.list(differences);
    }
  }

  private AgreementCount requirements() {
    AgreementCount tally = new AgreementCount("`semver` 1.0.28", "requirement against version");
    for (String[] cells : shared.rows("semver.tsv")) {
      if (!cells[0].equals("order")) {
        String ours =
            cells[2].equals("bad-version")
                ? version(unquoted(cells[1]))
                : requirement(unquoted(cells[0]), cells[1]);
        tally.count(String.join(" ", cells), ours.equals(cells[2]));
      }
    }
    return tally;
  }

  private static String requirement(String req, String version) {
    try {
      return String.valueOf(VersionReq.parse(req).matches(CrateVersion.parse(version)));
    } catch (MalformedException e) {
      return "bad-requirement";
    }
  }

  private static String version(String text) {
    return CrateVersion.isValid(text) ? "good-version" : "bad-version";
  }

  private static String unquoted(String cell) {
    return cell.substring(1, cell.length() - 1);
  }

  private AgreementCount order() {
    AgreementCount tally = new AgreementCount("`semver` 1.0.28", "order of neighbors");
    List<CrateVersion> ordered =
        shared.rows("semver.tsv").stream()
            .filter(cells -> cells[0].equals("order"))
            .map(cells -> CrateVersion.parse(cells[1]))
            .toList();
    for (int i = 1; i < ordered.size(); i++) {
      CrateVersion lower = ordered.get(i - 1);
      CrateVersion higher = ordered.get(i);
      tally.count(lower + " < " + higher, lower.compareTo(higher) < 0);
    }
    return tally;
  }

  private AgreementCount ranges() {
    AgreementCount tally = new AgreementCount("cargo-audit 0.22.2", "advisory against version");
    Map<String, Advisory> byId = Shared.byId(shared.rustSec());
    for (String[] cells : shared.rows("rustsec-ranges.tsv")) {
      Advisory advisory = byId.get(cells[0]);
      boolean equal =
          advisory != null
              && advisory.affects(CrateVersion.parse(cells[2])) == cells[3].equals("yes");
      tally.count(String.join(" ", cells), equal);
    }
    return tally;
  }

  /// Compares the hits on lockfiles. A hit of only one side counts as one difference.
  private AgreementCount lockfiles(String form, Feed feed) {
    AgreementCount tally =
        new AgreementCount("cargo-audit 0.22.2", "hits on each lockfile, from " + form);
    Map<String, Set<String>> expected = new TreeMap<>();
    shared.rows("cargo-vet.tsv").forEach(r -> expected.put(r[0], new TreeSet<>()));
    for (String[] r : shared.rows("cargo-audit.tsv")) {
      expected
          .computeIfAbsent(r[0], _ -> new TreeSet<>())
          .add(String.join(" ", r[1], r[2], r[3], r[4]));
    }
    AdvisorySet set = AdvisorySet.of(List.of(feed));
    expected.forEach(
        (lockfile, theirs) -> {
          Set<String> ours = hits(set, lockfile);
          Set<String> either = new TreeSet<>(theirs);
          either.addAll(ours);
          either.forEach(
              hit -> tally.count(lockfile + " " + hit, theirs.contains(hit) && ours.contains(hit)));
        });
    tally.explain("malware is a kind of its own here, the tool calls it vulnerability");
    return tally;
  }

  private Set<String> hits(AdvisorySet set, String lockfile) {
    Set<String> hits = new TreeSet<>();
    for (LockedPackage locked : shared.lockfile(lockfile).packages()) {
      if (locked.fromCratesIo()) {
        for (Advisory a : set.advisories(CrateName.parse(locked.name()))) {
          if (a.id().startsWith("RUSTSEC-") && a.affects(locked.version())) {
            String kind = a.kind() == AdvisoryKind.MALWARE ? "vulnerability" : a.kind().code();
            hits.add(String.join(" ", kind, a.id(), locked.name(), locked.version().text()));
          }
        }
      }
    }
    return hits;
  }

  private AgreementCount format() {
    AgreementCount tally = new AgreementCount("cargo-vet 0.10.3", "`fmt`, byte for byte");
    for (String name : List.of("google", "mozilla")) {
      String expected = shared.file("oracles/cargo-vet-fmt/" + name + ".toml").text();
      var audits = AuditsReader.read(shared.file("cargo-vet/" + name + "/audits.toml"));
      tally.count(name, VetPrinter.print(audits).text().equals(expected));
    }
    return tally;
  }

  private AgreementCount licenses() {
    AgreementCount tally =
        new AgreementCount("cargo-deny 0.20.2", "license against three allow lists");
    Map<String, String> licenses = new HashMap<>();
    shared
        .file("upstream/LICENCES.tsv")
        .text()
        .lines()
        .map(line -> line.split("\t", -1))
        .forEach(cells -> licenses.put(cells[0] + ' ' + cells[1], cells[2]));
    Map<String, List<LicenseTerm>> lists = allowLists();
    List<String[]> rows = shared.rows("cargo-deny-licences.tsv");
    Map<String, Integer> accepted = new HashMap<>();
    rows.stream()
        .filter(r -> r[4].equals("accepted"))
        .forEach(r -> accepted.merge(r[0] + ' ' + r[2] + ' ' + r[3], 1, Integer::sum));
    for (String[] r : rows) {
      String license = licenses.get(r[2] + ' ' + r[3]);
      int times = accepted.getOrDefault(r[0] + ' ' + r[2] + ' ' + r[3], 0);
      boolean met =
          license != null
              && LicenseExpression.parse(license).isMetBy(lists.getOrDefault(r[1], List.of()));
      boolean equal = met == r[4].equals("accepted");
      if (license == null || (!equal && times == lists.size())) {
        tally.leaveOut();
      } else {
        tally.count(String.join(" ", r), equal);
      }
    }
    tally.explain(
        "left out: packages of other platforms, which the slice does not hold; and packages that the tool did not look"
            + " at, since only tests or unused features need them (accepted even by lists that have nothing in common)");
    return tally;
  }

  private Map<String, List<LicenseTerm>> allowLists() {
    Map<String, List<LicenseTerm>> lists = new HashMap<>();
    shared
        .file("oracles/cargo-deny-licences.tsv")
        .text()
        .lines()
        .filter(line -> line.startsWith("#") && line.contains("= ["))
        .forEach(
            line ->
                lists.put(
                    line.substring(2, 3),
                    QUOTED
                        .matcher(line)
                        .results()
                        .map(match -> LicenseExpression.parseTerm(match.group(1)))
                        .toList()));
    return lists;
  }
}

package lazaret.bench.evaluation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.VersionRange;
import lazaret.vetting.crates.CrateVersion;

/// A comparison of the evaluation of RustSec's TOML and of its OSV export.
///
/// @param shared the shared data
record RangeProbes(Shared shared) implements PageSection {
  private static final List<String> ENDS =
      List.of("", "-0", "-rc.1", "-alpha.0.1", "+build", "-rc.1+build");

  @Override
  public void write(MarkdownPage page) {
    Map<String, Advisory> exported = Shared.byId(shared.osv());
    int advisories = 0;
    int probes = 0;
    List<String> differences = new ArrayList<>();
    for (Advisory toml : shared.rustSec().advisories()) {
      advisories++;
      Advisory osv = exported.get(toml.id());
      if (osv == null) {
        differences.add(toml.id() + ": not exported");
        continue;
      }
      for (CrateVersion probe : probes(toml, osv)) {
        probes++;
        if (toml.affects(probe) != osv.affects(probe)) {
          differences.add(toml.id() + " " + probe);
        }
      }
    }
    page.heading(2, "TOML and OSV");
    page.paragraph(
        """
        RustSec publishes each advisory twice: as TOML with requirements, and as an OSV export with events. Both are evaluated
        at every bound of both forms, one patch below and above it, each with the lowest pre-release (`-0`), usual ones
        (`-rc.1`, `-alpha.0.1`) and build metadata, and at both ends of the number line.
        """);
    page.table(
        List.of("advisories", "probes", "differences"),
        List.of(
            List.of(
                String.valueOf(advisories),
                String.valueOf(probes),
                String.valueOf(differences.size()))));
    if (!differences.isEmpty()) {
      page.list(differences);
    }
  }

  private static Set<CrateVersion> probes(Advisory... advisories) {
    Set<CrateVersion> probes = new HashSet<>();
    for (String end : List.of("0.0.0-0", "0.0.0", "18446744073709551615.0.0")) {
      probes.add(CrateVersion.parse(end));
    }
    for (Advisory advisory : advisories) {
      for (VersionRange range : advisory.affected().ranges()) {
        for (CrateVersion bound : new CrateVersion[] {range.introduced(), range.fixed()}) {
          if (bound != null) {
            around(bound, probes);
          }
        }
      }
    }
    return probes;
  }

  private static void around(CrateVersion bound, Set<CrateVersion> probes) {
    String numbers = bound.major() + "." + bound.minor() + ".";
    for (long patch = Math.max(0, bound.patch() - 1); patch <= bound.patch() + 1; patch++) {
      for (String end : ENDS) {
        probes.add(CrateVersion.parse(numbers + patch + end));
      }
    }
    probes.add(bound);
    if (bound.isPreRelease()) {
      probes.add(CrateVersion.parse(bound.withoutBuild() + ".0"));
      probes.add(CrateVersion.parse(bound.withoutBuild() + "+build"));
    }
  }
}

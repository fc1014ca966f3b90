package lazaret.vetting.license;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lazaret.vetting.OracleData;
import org.junit.jupiter.api.Test;

/// Comparison with the verdicts of cargo-deny on every package of every shared lockfile for three
/// lists.
class LicenseOracleTest {
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  @Test
  void agreesOnEveryPackage() {
    Map<String, String> licenses = licenses();
    Map<String, List<LicenseTerm>> lists = new HashMap<>();
    var differences = new ArrayList<String>();
    var accepted = new HashMap<String, Integer>();
    int rows = 0;
    int known = 0;
    for (String line :
        OracleData.read(OracleData.path("oracles/cargo-deny-licences.tsv"))
            .text()
            .lines()
            .toList()) {
      if (line.startsWith("#")) {
        if (line.contains("= [")) {
          lists.put(line.substring(2, 3), terms(line));
        }
        continue;
      }
      String[] cells = line.split("\t", -1);
      rows++;
      String license = licenses.get(cells[2] + ' ' + cells[3]);
      if (license == null) {
        continue; // a package of another platform, whose artefact the slice does not hold
      }
      known++;
      boolean met =
          LicenseExpression.parse(license).isMetBy(lists.getOrDefault(cells[1], List.of()));
      if (met != cells[4].equals("accepted")) {
        differences.add(line + " [" + license + "]");
      }
      if (cells[4].equals("accepted")) {
        accepted.merge(cells[0] + ' ' + cells[2] + ' ' + cells[3], 1, Integer::sum);
      }
    }
    // The tool rejects only packages that it considers. It ignores packages that a program needs
    // for its tests, or for features that are never enabled. Such a package is accepted for every
    // list, even for lists without a common license.
    differences.removeIf(
        line ->
            accepted.getOrDefault(packageOf(line), 0) == lists.size() && line.contains("\tacc"));

    assertThat(rows).isGreaterThan(2500);
    assertThat(known).isGreaterThan(2000);
    assertThat(differences).isEmpty();
  }

  private static String packageOf(String line) {
    String[] cells = line.split("\t", -1);
    return cells[0] + ' ' + cells[2] + ' ' + cells[3];
  }

  private static List<LicenseTerm> terms(String line) {
    return QUOTED
        .matcher(line)
        .results()
        .map(match -> LicenseExpression.parseTerm(match.group(1)))
        .toList();
  }

  private static Map<String, String> licenses() {
    var licenses = new HashMap<String, String>();
    OracleData.read(OracleData.path("upstream/LICENCES.tsv"))
        .text()
        .lines()
        .map(line -> line.split("\t", -1))
        .forEach(cells -> licenses.put(cells[0] + ' ' + cells[1], cells[2]));
    return licenses;
  }
}

package lazaret.vetting.crates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import lazaret.vetting.MalformedException;
import lazaret.vetting.OracleData;
import org.junit.jupiter.api.Test;

/// Comparison with the `semver` crate 1.0.28, row by row.
class SemverOracleTest {
  @Test
  void answersEveryRowAsTheSemverCrateDoes() {
    var differences = new ArrayList<String>();
    int compared = 0;
    for (String row : rows()) {
      String[] cells = row.split("\t", -1);
      if (row.startsWith("#") || cells[0].equals("order")) {
        continue;
      }
      compared++;
      String expected = cells[2];
      String actual =
          expected.equals("bad-version")
              ? version(unquoted(cells[1]))
              : requirement(unquoted(cells[0]), cells[1]);
      if (!actual.equals(expected)) {
        differences.add(row + " but here " + actual);
      }
    }

    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(10_000);
  }

  @Test
  void ordersVersionsAsTheSemverCrateDoes() {
    List<CrateVersion> ordered =
        rows().stream()
            .filter(row -> row.startsWith("order\t"))
            .map(row -> CrateVersion.parse(row.split("\t", -1)[1]))
            .toList();
    var shuffled = new ArrayList<>(ordered);

    Collections.shuffle(shuffled, new Random(3));
    Collections.sort(shuffled);

    assertThat(shuffled).isEqualTo(ordered).hasSizeGreaterThan(30);
  }

  private static List<String> rows() {
    return OracleData.read(OracleData.path("oracles/semver.tsv")).text().lines().toList();
  }

  private static String requirement(String req, String version) {
    try {
      VersionReq parsed = VersionReq.parse(req);
      return String.valueOf(parsed.matches(CrateVersion.parse(version)));
    } catch (MalformedException e) {
      return "bad-requirement";
    }
  }

  private static String version(String text) {
    try {
      return "good version " + CrateVersion.parse(text);
    } catch (MalformedException e) {
      return "bad-version";
    }
  }

  /// The rows have no escapes: their strings are printed as they are.
  private static String unquoted(String cell) {
    assertThat(cell).startsWith("\"").endsWith("\"").doesNotContain("\\");
    return cell.substring(1, cell.length() - 1);
  }
}

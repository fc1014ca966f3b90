package lazaret.vetting.desk.lockfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestVersionTest {
  @ParameterizedTest
  @CsvSource({
    // refused, versions that pass, the nearest
    "1.2.3, 1.2.4 1.2.5 1.3.0 1.2.2, 1.2.4",
    "1.2.3, 1.3.0 1.2.2, 1.3.0",
    "1.2.3, 1.2.2 1.1.0 2.0.0, 1.2.2",
    "1.2.3, 2.0.0 3.0.0 0.9.0, 2.0.0",
    "1.2.3, 0.8.0 0.9.0, 0.9.0",
    "0.3.1, 0.3.0 0.4.0, 0.3.0",
    "0.3.1, 0.2.9 0.4.0, 0.4.0",
    "0.0.3, 0.0.4 0.0.2, 0.0.4",
    "1.2.3, 1.2.4-rc.1 1.2.2, 1.2.2",
    "1.2.3, 1.2.4-rc.1 2.0.0, 2.0.0",
    "1.2.3, 1.2.4-rc.1, 1.2.4-rc.1",
    "1.2.3-rc.1, 1.2.3 1.2.4, 1.2.3",
    "1.2.3+a, 1.2.3 2.0.0, 1.2.3",
    "1.2.3, 1.2.3, ''",
    "1.2.3, '', ''",
  })
  void isAsLittleChangeAsPossible(String refused, String passing, String nearest) {
    List<CrateVersion> candidates = versions(passing);

    assertThat(NearestVersion.of(CrateVersion.parse(refused), candidates, _ -> true))
        .map(CrateVersion::text)
        .isEqualTo(nearest.isEmpty() ? Optional.empty() : Optional.of(nearest));
    assertThat(NearestVersion.of(CrateVersion.parse(refused), candidates.reversed(), _ -> true))
        .isEqualTo(NearestVersion.of(CrateVersion.parse(refused), candidates, _ -> true));
  }

  @Test
  void asksForNoMoreVerdictsThanItNeeds() {
    Set<String> asked = new HashSet<>();

    CrateVersion found =
        NearestVersion.of(
                CrateVersion.parse("1.0.0"),
                versions("1.0.1 1.0.2 1.0.3 0.9.0"),
                v -> asked.add(v.text()) && v.text().equals("1.0.2"))
            .orElseThrow();

    assertThat(found.text()).isEqualTo("1.0.2");
    assertThat(asked).containsExactlyInAnyOrder("1.0.1", "1.0.2");
  }

  private static List<CrateVersion> versions(String words) {
    return Stream.of(words.split(" ")).filter(w -> !w.isEmpty()).map(CrateVersion::parse).toList();
  }
}

package lazaret.vetting.crates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrateSpecTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serde            | 1.0.0      | true",
        "serde            | 2.0.0-rc.1 | true",
        "serde@1.0.9      | 1.0.9      | true",
        "serde@1.0.9      | 1.0.10     | false",
        "serde@1.0.9      | 1.0.9+meta | false",
        "serde@1.0.9+meta | 1.0.9+meta | true",
        "serde@2.0.0-rc.1 | 2.0.0-rc.1 | true",
        "serde@1          | 1.7.3      | true",
        "serde@1.2        | 1.1.0      | false",
        "serde@=1.0.9     | 1.0.9+meta | true",
        "serde@>=1.2, <2  | 1.9.0      | true",
        "serde@*          | 0.1.0      | true"
      })
  void meansTheVersionsThatWereTyped(String word, String version, boolean meant) {
    CrateSpec spec = CrateSpec.parse(word);

    assertThat(spec.matches(CrateVersion.parse(version))).isEqualTo(meant);
    assertThat(spec).hasToString(word);
    assertThat(spec.name().published()).isEqualTo("serde");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@1", "serde@", "serde@@1", "serde@latest", "serde 1.0.0", "a@1@2"})
  void refusesWhatIsNoSpec(String word) {
    assertThatThrownBy(() -> CrateSpec.parse(word)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"serde@1.0.9.1", "serde@1.0.9-", "serde@01.0.9", "serde@1.0-rc"})
  void takesNoBrokenVersionForARequirement(String word) {
    assertThatThrownBy(() -> CrateSpec.parse(word)).hasMessageStartingWith("cannot read version ");
  }

  @Test
  void namesAVersionOrARequirementButNotBoth() {
    assertThatThrownBy(
            () ->
                new CrateSpec(
                    CrateName.parse("a"), CrateVersion.parse("1.0.0"), VersionReq.parse("1")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package lazaret.vetting.crates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrateVersionTest {
  @Test
  void readsAllParts() {
    CrateVersion version = CrateVersion.parse("1.20.300-alpha.1-x+build.05");

    assertThat(version.major()).isEqualTo(1);
    assertThat(version.minor()).isEqualTo(20);
    assertThat(version.patch()).isEqualTo(300);
    assertThat(version.preRelease()).isEqualTo("alpha.1-x");
    assertThat(version.build()).isEqualTo("build.05");
    assertThat(version.isPreRelease()).isTrue();
    assertThat(version.text()).isEqualTo("1.20.300-alpha.1-x+build.05");
  }

  @Test
  void readsNumbersUpToTheLargestOf64Bits() {
    CrateVersion version = CrateVersion.parse("18446744073709551615.0.9999999999999999999");

    assertThat(Long.toUnsignedString(version.major())).isEqualTo("18446744073709551615");
    assertThat(Long.toUnsignedString(version.patch())).isEqualTo("9999999999999999999");
    assertThat(version).isGreaterThan(CrateVersion.parse("9223372036854775807.0.0"));
  }

  @Test
  void isEqualOnlyToTheSameText() {
    assertThat(CrateVersion.parse("1.2.0"))
        .isEqualTo(CrateVersion.parse("1.2.0"))
        .isNotEqualTo(CrateVersion.parse("1.2.0+meta"));
  }

  @ParameterizedTest
  @CsvSource({
    "1,expected '.'",
    "1.2,expected '.'",
    "1.2.,expected a number",
    "a.b.c,expected a number",
    "01.2.3,leading zero",
    "1.2.3-01,leading zero",
    "1.2.3-,empty identifier",
    "1.2.3-a..b,empty identifier",
    "1.2.3+,empty identifier",
    "'1.2.3 ',unexpected",
    "1.2.3.4,unexpected '.'",
    "18446744073709551616.0.0,larger than 18446744073709551615",
    "99999999999999999999999.0.0,larger than 18446744073709551615",
    "-1.0.0,expected a number",
    "１.0.0,expected a number"
  })
  void refusesWithAReason(String text, String reason) {
    assertThatThrownBy(() -> CrateVersion.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read version '")
        .hasMessageContaining(reason);
  }

  @Test
  void refusesEndlessText() {
    String longest = "1.0.0-" + "a".repeat(CrateVersion.MAX_LENGTH - 6);

    assertThat(CrateVersion.parse(longest).text()).isEqualTo(longest);
    assertThatThrownBy(() -> CrateVersion.parse(longest + "a"))
        .hasMessageContaining("longer than 256 characters");
  }

  @Test
  void ordersBuildMetadataWithLeadingZerosByValueAndThenByLength() {
    List<String> texts =
        List.of(
            "1.0.0",
            "1.0.0+0",
            "1.0.0+00",
            "1.0.0+1",
            "1.0.0+01",
            "1.0.0+2",
            "1.0.0+10",
            "1.0.0+10.a",
            "1.0.0+a");

    for (int i = 1; i < texts.size(); i++) {
      assertThat(CrateVersion.parse(texts.get(i)))
          .isGreaterThan(CrateVersion.parse(texts.get(i - 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void ordersTotallyAndAsEqualitySays(long seed) {
    List<CrateVersion> versions = randomVersions(new Random(seed));

    for (CrateVersion a : versions) {
      for (CrateVersion b : versions) {
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
        assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
      }
    }
    // The sort throws if three versions contradict each other.
    assertThat(versions.stream().sorted().toList()).isSorted();
  }

  private static List<CrateVersion> randomVersions(Random random) {
    String[] identifiers = {"0", "1", "10", "9", "a", "B", "-", "a1", "1a"};
    var versions = new ArrayList<CrateVersion>();
    for (int i = 0; i < 120; i++) {
      var text = new StringBuilder();
      text.append(random.nextInt(2)).append('.').append(random.nextInt(2)).append(".0");
      for (char mark : new char[] {'-', '+'}) {
        if (random.nextBoolean()) {
          text.append(mark).append(identifiers[random.nextInt(identifiers.length)]);
          if (random.nextBoolean()) {
            text.append('.').append(identifiers[random.nextInt(identifiers.length)]);
          }
        }
      }
      versions.add(CrateVersion.parse(text.toString()));
    }
    return versions;
  }
}

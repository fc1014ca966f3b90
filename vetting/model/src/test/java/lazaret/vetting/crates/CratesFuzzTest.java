package lazaret.vetting.crates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.FuzzHarness;
import org.junit.jupiter.api.Test;

class CratesFuzzTest {
  private static final String[] WORDS = {
    "0",
    "1",
    "01",
    "18446744073709551615",
    "18446744073709551616",
    ".",
    "-",
    "+",
    "rc.1",
    ",",
    " ",
    "*",
    "x",
    "^",
    "~",
    "=",
    ">=",
    "<",
    "@",
    "_",
    "é",
    "\u0000",
    "\n",
    "\ud83d\ude00"
  };

  @Test
  void versions() {
    FuzzHarness.run(
        "version",
        input -> {
          CrateVersion version = CrateVersion.parse(input.text());
          assertThat(version.text()).isEqualTo(input.text()).isPrintable();
          assertThat(version).isEqualByComparingTo(CrateVersion.parse(version.text()));
        },
        WORDS);
  }

  @Test
  void requirements() {
    List<CrateVersion> versions =
        List.of(
            CrateVersion.parse("0.0.0"),
            CrateVersion.parse("1.2.3-rc.1"),
            CrateVersion.parse("1.2.3+b"),
            CrateVersion.parse("18446744073709551615.0.1"));
    FuzzHarness.run(
        "requirement",
        input -> {
          VersionReq req = VersionReq.parse(input.text());
          assertThat(req.comparators()).hasSizeLessThanOrEqualTo(VersionReq.MAX_COMPARATORS);
          for (CrateVersion version : versions) {
            assertThat(VersionReq.parse(req.text()).matches(version))
                .isEqualTo(req.matches(version));
          }
        },
        WORDS);
  }

  @Test
  void specs() {
    FuzzHarness.run(
        "spec",
        input -> {
          CrateSpec spec = CrateSpec.parse(input.text());
          assertThat(CrateSpec.parse(spec.toString())).isEqualTo(spec);
          assertThat(spec.name().collisionKey()).matches("[a-z][a-z0-9_]{0,63}");
        },
        WORDS);
  }
}

package lazaret.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.crates.CrateReply;
import lazaret.vetting.deskapi.crates.CrateVersionInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import org.junit.jupiter.api.Test;

class CratePagesTest {
  private static final Instant AT = Instant.parse("2026-11-28T14:02:00Z");

  private static CrateVersionInfo version(int patch) {
    return new CrateVersionInfo(
        CrateVersion.parse("1.0." + patch),
        Sha256.parse("ab".repeat(32)),
        new VerdictInfo(VerdictInfo.Kind.ALLOW, null, List.of()),
        true,
        false,
        true);
  }

  private static FixedDesk desk(int versions) {
    return FixedDesk.of(DeskRole.READER)
        .reply(
            CrateOperations.CRATE,
            new CrateReply(
                CrateName.parse("serde"),
                CrateVersion.parse("1.0.1"),
                AT,
                AT,
                IntStream.range(0, versions).mapToObj(CratePagesTest::version).toList(),
                List.of(),
                List.of()));
  }

  @Test
  void showsAtMostTwoHundredVersionsTheNewestFirst() {
    assertThat(desk(450).page("/desk/crates/serde"))
        .contains("450 versions", "1 to 200 of 450", ">1.0.449<", ">1.0.250<")
        .contains("href=\"/desk/crates/serde?from=200\">Next")
        .doesNotContain(">1.0.249<", ">Previous</a>");
    assertThat(desk(450).page("/desk/crates/serde?from=200"))
        .contains(">1.0.249<", ">1.0.50<", "href=\"/desk/crates/serde?from=0\">Previous")
        .doesNotContain(">1.0.250<", ">1.0.49<");
  }

  @Test
  void fewVersionsHaveNoFurtherPage() {
    assertThat(desk(2).page("/desk/crates/serde"))
        .contains("2 versions", ">1.0.1<", ">1.0.0<")
        .doesNotContain("1 to 2 of", ">Next</a>");
  }
}

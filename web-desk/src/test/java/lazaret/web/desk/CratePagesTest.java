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
import lazaret.vetting.deskapi.crates.OmittedLineInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import org.jspecify.annotations.Nullable;
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
    return desk(
        CrateVersion.parse("1.0.1"),
        IntStream.range(0, versions).mapToObj(CratePagesTest::version).toList(),
        List.of());
  }

  private static FixedDesk desk(
      @Nullable CrateVersion newest,
      List<CrateVersionInfo> versions,
      List<OmittedLineInfo> omitted) {
    return FixedDesk.of(DeskRole.READER)
        .reply(
            CrateOperations.CRATE,
            new CrateReply(CrateName.parse("serde"), newest, AT, AT, versions, omitted, List.of()));
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

  @Test
  void showsVerdictReasonAndArtifactOfEachVersion() {
    ReasonInfo reason = new ReasonInfo("vulnerable", "RUSTSEC-2026-0001: leaks");
    FixedDesk desk =
        desk(
            CrateVersion.parse("1.0.1"),
            List.of(
                version(0),
                version(1),
                new CrateVersionInfo(
                    CrateVersion.parse("1.1.0"),
                    Sha256.parse("ab".repeat(32)),
                    new VerdictInfo(VerdictInfo.Kind.DENY, null, List.of(reason)),
                    false,
                    true,
                    false)),
            List.of());

    assertThat(desk.page("/desk/crates/serde"))
        .contains("<h1>serde</h1>")
        .contains("is <a href=\"/desk/crates/serde/1.0.1\"><span class=\"version\">1.0.1</span>")
        .contains("<a class=\"crate\" href=\"/desk/crates/serde/1.1.0\">")
        .contains("<span class=\"tag\">yanked</span>", "class=\"badge  deny\"", "Deny</span>")
        .contains("<bdi>RUSTSEC-2026-0001: leaks</bdi> <code class=\"soft\">vulnerable</code>")
        .contains("class=\"badge  allow\"", "Allow</span>", "not fetched</td>", ">stored</td>")
        .doesNotContain("No version is served.", "omitted-title");
  }

  @Test
  void statesThatNothingIsServedAndWhichLinesAreNotRelayed() {
    List<OmittedLineInfo> omitted =
        IntStream.range(0, 205)
            .mapToObj(i -> new OmittedLineInfo("not-json", i + 1, null, "{\"vers\": <b>" + i))
            .toList();
    String page = desk(null, List.of(version(0)), omitted).page("/desk/crates/serde");

    assertThat(page)
        .contains("No version is served.", "Index lines that are not relayed")
        .contains("<li>line 200: <code>not-json</code>", "&lt;b&gt;199</bdi>")
        .contains("<li>and 5 more</li>")
        .doesNotContain("<li>line 201:", "<b>199");
  }
}

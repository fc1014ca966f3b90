package lazaret.web.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.SearchOperations;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.search.CrateHitInfo;
import lazaret.vetting.deskapi.search.SearchReply;
import lazaret.vetting.deskapi.search.SearchRequest;
import lazaret.vetting.deskapi.search.VersionHitInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import org.junit.jupiter.api.Test;

class SearchPagesTest {
  private static final CrateName ZSTD = CrateName.parse("zstd-sys");
  private static final CrateVersion VERSION = CrateVersion.parse("2.1.3+zstd.1.5.7");
  private static final VersionHitInfo HIT =
      new VersionHitInfo(
          ZSTD,
          VERSION,
          Sha256.parse("ab".repeat(32)),
          new VerdictInfo(VerdictInfo.Kind.REVIEW, null, List.of()),
          true);
  private static final CrateHitInfo CRATE = new CrateHitInfo(ZSTD, null);

  private final FixedDesk desk = FixedDesk.of(DeskRole.READER);

  @Test
  void showsTheExactCrateFirst() {
    found(List.of(), List.of(CRATE, new CrateHitInfo(CrateName.parse("zstd-sys2"), VERSION)));

    String page = desk.page("/desk/search?q=ZSTD_sys");

    assertThat(page)
        .contains("class=\"card answer\"", "No version is served.", "2 of 2 matching names")
        .contains("href=\"/desk/crates/zstd-sys2/2.1.3+zstd.1.5.7\"");
    assertThat(page.indexOf("card answer")).isLessThan(page.indexOf("zstd-sys2"));
    assertThat(desk.requests(SearchRequest.class)).containsExactly(new SearchRequest("ZSTD_sys"));
  }

  @Test
  void showsTheExactVersionWithItsVerdict() {
    found(List.of(HIT), List.of());

    assertThat(desk.page("/desk/search?q=abababab"))
        .contains("class=\"card answer\"", "badge large review", "abababababababab<wbr>")
        .contains("href=\"/desk/crates/zstd-sys/2.1.3+zstd.1.5.7\"", "1 hit in the store");
  }

  @Test
  void listsSeveralArtifacts() {
    found(List.of(HIT, HIT), List.of());

    assertThat(desk.page("/desk/search?q=abababab"))
        .contains("id=\"versions-title\">Artifacts")
        .doesNotContain("card answer");
  }

  @Test
  void linksPeopleToTheirEntriesOfTheLedger() {
    desk.reply(
        SearchOperations.SEARCH,
        new SearchReply(List.of(), List.of(), 0, List.of("mara & lena"), List.of()));

    assertThat(desk.page("/desk/search?q=mara"))
        .contains("href=\"/desk/events?q=mara+%26+lena\"><bdi>mara &amp; lena</bdi>");
  }

  @Test
  void saysThatNothingMatches() {
    found(List.of(), List.of());

    assertThat(desk.page("/desk/search?q=x"))
        .contains("Nothing in the store matches.")
        .contains("No crate, version, person or advisory matches.");
  }

  @Test
  void listsCratesByAPartOfTheirName() {
    found(List.of(), List.of(CRATE));

    assertThat(desk.page("/desk/crates?q=zstd"))
        .contains("1 name of stored crates contains the words.", "href=\"/desk/crates/zstd-sys\"")
        .contains("href=\"/desk/crates\" aria-current=\"page\"");
    found(List.of(), List.of());
    assertThat(desk.page("/desk/crates"))
        .contains("No name of a stored crate matches.", "No stored crate has such a name.");
  }

  @Test
  void showsTextsOfOthersAsText() {
    desk.reply(SearchOperations.SEARCH, HostileSample.of(SearchOperations.SEARCH));

    HostileSample.assertEscaped(desk.page("/desk/search?q=%22%3E%3Cscript%3E"));
    assertThat(desk.page("/desk/crates?q=%22%3E%3Cscript%3E"))
        .contains("value=\"&#34;>&lt;script>\"")
        .doesNotContain("<script>");
  }

  private void found(List<VersionHitInfo> versions, List<CrateHitInfo> crates) {
    desk.reply(
        SearchOperations.SEARCH,
        new SearchReply(versions, crates, crates.size(), List.of(), List.of()));
  }
}

package lazaret.web.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.SearchOperations;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.search.InventoryReply;
import lazaret.vetting.deskapi.search.InventoryRequest;
import lazaret.vetting.deskapi.search.InventoryVersionInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InventoryPageTest {
  private final FixedDesk desk = FixedDesk.of(DeskRole.REVIEWER);

  @Test
  void showsWhoHasAWithheldVersion() {
    VerdictInfo denied =
        new VerdictInfo(
            VerdictInfo.Kind.DENY, null, List.of(new ReasonInfo("malware", "steals keys")));
    desk.reply(
        SearchOperations.INVENTORY,
        new InventoryReply(List.of(row(denied), row(null)), 1_204, "serde@1.0.9+b"));

    assertThat(desk.page("/desk/inventory?after=libc%401.0.0"))
        .contains("href=\"/desk/crates/serde/1.0.9+b\"", "steals keys", "Not in the index")
        .contains("2: <bdi>web/Cargo.lock</bdi>", "1,204 versions in use were looked at")
        .contains("<time datetime=\"2026-11-24\">24 November</time>")
        .contains("data-head=\"Stored\">1.5 MiB</td>", "data-head=\"Stored\">no</td>")
        .contains("href=\"/desk/inventory?after=serde%401.0.9%2Bb\">Next part")
        .contains("href=\"/desk/inventory\">First part");
    assertThat(desk.requests(InventoryRequest.class))
        .containsExactly(new InventoryRequest("libc@1.0.0", null));
  }

  @Test
  void saysThatEveryVersionInUseIsServed() {
    desk.reply(SearchOperations.INVENTORY, new InventoryReply(List.of(), 12, null));

    assertThat(desk.page("/desk/inventory"))
        .contains("No version in use is withheld.")
        .doesNotContain("Next part", "First part");
  }

  @Test
  void saysThatAnEmptyPartIsNotTheEnd() {
    desk.reply(SearchOperations.INVENTORY, new InventoryReply(List.of(), 5_000, "serde@1.0.9"));

    assertThat(desk.page("/desk/inventory"))
        .contains("No version in use is withheld so far.", "Next part");
  }

  @Test
  void showsTextsOfOthersAsText() {
    desk.reply(SearchOperations.INVENTORY, HostileSample.of(SearchOperations.INVENTORY));

    HostileSample.assertEscaped(desk.page("/desk/inventory"));
  }

  @Test
  void refusesAReader() {
    assertThat(FixedDesk.of(DeskRole.READER).get("/desk/inventory").status()).isEqualTo(403);
  }

  private static InventoryVersionInfo row(@Nullable VerdictInfo verdict) {
    return new InventoryVersionInfo(
        CrateName.parse("serde"),
        CrateVersion.parse("1.0.9+b"),
        verdict,
        2,
        List.of("web/Cargo.lock"),
        12,
        LocalDate.parse("2026-11-24"),
        verdict == null ? null : 1_572_864L);
  }
}

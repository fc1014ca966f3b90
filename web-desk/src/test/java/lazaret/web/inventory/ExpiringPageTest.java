package lazaret.web.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.decisions.ExpiringDecisionInfo;
import lazaret.vetting.deskapi.decisions.ExpiringReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpiringPageTest {
  private final FixedDesk desk =
      FixedDesk.of(DeskRole.AUDITOR)
          .reply(
              DecisionOperations.EXPIRING,
              new ExpiringReply(
                  List.of(
                      row("openssl", true, true, "vulnerable: RUSTSEC-2026-0001"),
                      row("serde", false, true, null),
                      row("libc", false, false, "aged: older than 14 days"))));

  @Test
  void showsWhatADecisionHoldsUp() {
    assertThat(desk.page("/desk/expiring"))
        .contains("1 version is served only until a decision ends.")
        .contains("vulnerable: RUSTSEC-2026-0001", "not in the index", "served by the rules")
        .contains("Exemption by <bdi>mara</bdi>", "href=\"/desk/crates/openssl/1.0.0\"")
        .contains("All <span class=\"count\">3</span>", "Ended <span class=\"count\">1</span>");
  }

  @Test
  void selectsByTab() {
    assertThat(desk.page("/desk/expiring?only=needed"))
        .contains(">serde ", "aria-current=\"page\">Needed")
        .doesNotContain(">openssl ", ">libc ");
    assertThat(desk.page("/desk/expiring?only=ended"))
        .contains(">openssl ")
        .doesNotContain(">serde ");
  }

  @Test
  void showsAtMostTwoHundredDecisions() {
    desk.reply(
        DecisionOperations.EXPIRING,
        new ExpiringReply(Collections.nCopies(450, row("serde", false, true, null))));

    assertThat(desk.page("/desk/expiring?only=needed&from=200"))
        .contains("201 to 400 of 450")
        .contains("href=\"/desk/expiring?only=needed&amp;from=0\">Previous")
        .contains("href=\"/desk/expiring?only=needed&amp;from=400\">Next");
    assertThat(desk.page("/desk/expiring?from=99999")).contains("450 to 450 of 450");
  }

  @Test
  void saysThatNothingEnds() {
    desk.reply(DecisionOperations.EXPIRING, new ExpiringReply(List.of()));

    assertThat(desk.page("/desk/expiring"))
        .contains("No version is served only until a decision ends.", "No decision of this kind");
  }

  @Test
  void showsTextsOfOthersAsText() {
    desk.reply(DecisionOperations.EXPIRING, HostileSample.of(DecisionOperations.EXPIRING));

    HostileSample.assertEscaped(desk.page("/desk/expiring"));
  }

  @Test
  void refusesAReader() {
    assertThat(FixedDesk.of(DeskRole.READER).get("/desk/expiring").status()).isEqualTo(403);
  }

  private static ExpiringDecisionInfo row(
      String name, boolean expired, boolean needed, @Nullable String without) {
    DecisionInfo decision =
        new DecisionInfo(
            CrateName.parse(name),
            CrateVersion.parse("1.0.0"),
            Sha256.parse("ab".repeat(32)),
            DecisionInfo.Kind.EXEMPT,
            Instant.parse("2026-11-01T10:00:00Z"),
            "mara",
            "until the fix",
            Instant.parse("2026-12-01T10:00:00Z"),
            List.of(),
            List.of(),
            null,
            List.of(),
            null);
    return new ExpiringDecisionInfo(decision, expired, needed, without);
  }
}

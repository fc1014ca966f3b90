package lazaret.vetting.gate.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.junit.jupiter.api.Test;

class RefusalTextTest {
  private static DownloadOutcome.Withheld heldUntil(String end) {
    return new DownloadOutcome.Withheld(
        new CrateId(CrateName.parse("alpha"), CrateVersion.parse("1.0.0"), Sha256.of(Bytes.EMPTY)),
        new Verdict.Hold(
            Instant.parse(end), List.of(new Reason(Reason.Code.COOLDOWN, "younger than 14 days"))),
        null,
        false,
        false);
  }

  @Test
  void namesTheMinuteAtWhichTheHoldIsOver() {
    assertThat(RefusalText.of(heldUntil("2026-12-06T12:00:01Z"), Optional.empty(), "id", null))
        .contains(", held until 2026-12-06 12:01 UTC\n");
  }

  @Test
  void namesThePageOnWhichADeveloperAsks() {
    String text =
        RefusalText.of(
            heldUntil("2026-12-06T12:00:01Z"), Optional.empty(), "id", "https://gate.example:8443");

    assertThat(text)
        .contains("\nAsk: https://gate.example:8443/desk/request/alpha/1.0.0\n")
        .endsWith("\nOr: vetting-cli request alpha@1.0.0\nRequest: id");
  }

  @Test
  void namesTheCommandIfNoBrowserReachesTheDesk() {
    assertThat(RefusalText.of(heldUntil("2026-12-06T12:00:01Z"), Optional.empty(), "id", null))
        .contains("\nAsk: vetting-cli request alpha@1.0.0 --reason TEXT\n")
        .doesNotContain("/desk/request/");
  }

  @Test
  void omitsTheCommandIfTheTextIsTooLong() {
    String text =
        RefusalText.of(
            heldUntil("2026-12-06T12:00:01Z"),
            Optional.empty(),
            "id",
            "https://" + "gate".repeat(40) + ".example");

    assertThat(text).contains("/desk/request/alpha/1.0.0\n").doesNotContain("Or: ");
    assertThat(text.length()).isLessThanOrEqualTo(RefusalText.MAX);
  }

  @Test
  void aSentenceNamesTheSameMinute() {
    assertThat(RefusalText.sentence(heldUntil("2026-12-06T12:00:01Z")))
        .isEqualTo(
            "BLOCKED alpha 1.0.0: cooldown: younger than 14 days (until 2026-12-06T12:01:00Z)");
  }
}

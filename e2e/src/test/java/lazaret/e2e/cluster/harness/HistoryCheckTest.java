package lazaret.e2e.cluster.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lazaret.e2e.cluster.harness.HistoryEvent.Kind;
import lazaret.e2e.cluster.harness.HistoryEvent.Result;
import org.junit.jupiter.api.Test;

/// Correct and wrong histories. Times are in seconds, and the maximum staleness is one.
class HistoryCheckTest {
  private static final String ALPHA = "alpha@1.0.0";
  private static final String OTHER = "alpha@1.1.0";
  private static final String BETA = "beta@1.0.0";

  private final List<HistoryEvent> events = new ArrayList<>();
  private final List<HistoryCheck.Entry> ledger = new ArrayList<>();

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  /// Adds an acknowledged decision, which is the next one in the ledger.
  private void decided(Kind kind, String version, double start, double end) {
    String id = "d" + events.size();
    recorded(id);
    events.add(decision(kind, version, id, Result.ACKNOWLEDGED, start, end));
  }

  private void recorded(String id) {
    ledger.add(new HistoryCheck.Entry(ledger.size() + 1L, id));
  }

  /// Adds a decision without a response, whose id the ledger may have.
  private void unknown(Kind kind, String version, String id, double start) {
    events.add(decision(kind, version, id, Result.UNKNOWN, start, start + 0.1));
  }

  private static HistoryEvent decision(
      Kind kind, String version, String id, Result result, double... times) {
    return new HistoryEvent(kind, "a", version, id, nanos(times[0]), nanos(times[1]), result);
  }

  private void download(String version, Result result, double start, double end) {
    events.add(new HistoryEvent(Kind.DOWNLOAD, "b", version, "", nanos(start), nanos(end), result));
  }

  private List<String> violations() {
    return HistoryCheck.violations(Duration.ofSeconds(1), events, ledger);
  }

  @Test
  void acceptsWhatOneServerWouldDo() {
    download(ALPHA, Result.SERVED, 0, 0.1);
    decided(Kind.DENY, ALPHA, 1, 1.1);
    download(ALPHA, Result.WITHHELD, 2, 2.1);
    decided(Kind.APPROVE, ALPHA, 3, 3.1);
    download(ALPHA, Result.SERVED, 4, 4.1);
    download(BETA, Result.SERVED, 9, 9.1);

    assertThat(violations()).isEmpty();
  }

  @Test
  void acceptsADownloadWithinTheStaleness() {
    decided(Kind.DENY, ALPHA, 1, 1.1);
    download(ALPHA, Result.SERVED, 2.09, 2.2);

    assertThat(violations()).isEmpty();
  }

  @Test
  void acceptsALateEndOfADownloadThatBeganInTime() {
    decided(Kind.DENY, ALPHA, 1, 1.1);
    download(ALPHA, Result.SERVED, 2, 30);

    assertThat(violations()).isEmpty();
  }

  @Test
  void refusesADownloadAfterADenialAndTheStaleness() {
    decided(Kind.DENY, ALPHA, 1, 1.1);
    download(ALPHA, Result.SERVED, 2.2, 2.3);

    assertThat(violations())
        .singleElement()
        .asString()
        .startsWith("stale: download of alpha@1.0.0");
  }

  @Test
  void refusesADownloadAfterALaterDenialOfSeveral() {
    decided(Kind.DENY, ALPHA, 1, 1.1);
    decided(Kind.APPROVE, ALPHA, 2, 2.1);
    decided(Kind.DENY, ALPHA, 3, 3.1);
    decided(Kind.DENY, ALPHA, 4, 4.1);
    download(ALPHA, Result.SERVED, 4.2, 4.3);

    assertThat(violations()).singleElement().asString().startsWith("stale: ");
  }

  @Test
  void acceptsADownloadAfterAnApprovalThatHadBegun() {
    decided(Kind.DENY, ALPHA, 1, 1.1);
    decided(Kind.APPROVE, ALPHA, 5, 6);
    download(ALPHA, Result.SERVED, 5.1, 5.2);

    assertThat(violations()).isEmpty();
  }

  @Test
  void refusesADownloadBeforeTheApprovalBegan() {
    decided(Kind.DENY, ALPHA, 1, 1.1);
    decided(Kind.APPROVE, ALPHA, 5, 6);
    download(ALPHA, Result.SERVED, 4, 4.9);

    assertThat(violations()).hasSize(1);
  }

  /// The denial is second in the ledger, so that the approval took effect before its end.
  @Test
  void usesTheOrderOfTheLedgerForDecisionsAtOneTime() {
    decided(Kind.APPROVE, ALPHA, 1, 9);
    decided(Kind.DENY, ALPHA, 1, 2);
    download(ALPHA, Result.SERVED, 4, 5);

    assertThat(violations()).singleElement().asString().startsWith("stale: ");
  }

  @Test
  void acceptsEitherOutcomeOfADenialWithoutAResponse() {
    unknown(Kind.DENY, ALPHA, "recorded", 1);
    recorded("recorded");
    unknown(Kind.DENY, BETA, "never", 1);
    download(ALPHA, Result.SERVED, 8, 9);
    download(ALPHA, Result.WITHHELD, 9, 9.1);
    download(BETA, Result.SERVED, 8, 9);

    assertThat(violations()).isEmpty();
  }

  /// A later acknowledged decision on the crate shows that the first one was in effect.
  @Test
  void boundsADenialWithoutAResponseByTheNextDecision() {
    unknown(Kind.DENY, ALPHA, "first", 1);
    recorded("first");
    decided(Kind.DENY, ALPHA, 2, 2.1);
    download(ALPHA, Result.SERVED, 3.2, 3.3);

    assertThat(violations()).hasSize(1);
  }

  @Test
  void refusesALostDecision() {
    events.add(decision(Kind.DENY, ALPHA, "gone", Result.ACKNOWLEDGED, 1, 1.1));

    assertThat(violations()).singleElement().asString().startsWith("lost: deny of alpha@1.0.0");
  }

  @Test
  void refusesADecisionThatIsRecordedTwice() {
    decided(Kind.DENY, ALPHA, 1, 1.1);
    recorded("d0");

    assertThat(violations()).singleElement().asString().startsWith("twice: ");
  }

  @Test
  void refusesWrongBytes() {
    download(ALPHA, Result.WRONG_BYTES, 1, 1.1);

    assertThat(violations()).singleElement().asString().startsWith("bytes: ");
  }

  @Test
  void refusesDecisionsOfOneCrateOutOfOrder() {
    decided(Kind.DENY, ALPHA, 5, 5.1);
    decided(Kind.DENY, BETA, 3, 3.1);
    decided(Kind.DENY, OTHER, 1, 1.1);

    assertThat(violations())
        .singleElement()
        .asString()
        .startsWith("order: deny of alpha@1.1.0")
        .contains("deny of alpha@1.0.0");
  }

  @Test
  void acceptsAnyOrderOfDecisionsAtOneTimeAndOfLateOnes() {
    decided(Kind.DENY, ALPHA, 1, 3);
    decided(Kind.APPROVE, OTHER, 0.5, 2);
    unknown(Kind.DENY, OTHER, "late", 0.1);
    recorded("late");

    assertThat(violations()).isEmpty();
  }
}

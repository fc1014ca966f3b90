package lazaret.vetting.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.requests.RequestHistory;
import lazaret.vetting.desk.requests.RequestState;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest.Tab;
import lazaret.vetting.gate.store.QueuedRequest;
import org.junit.jupiter.api.Test;

class QueueItemTest {
  private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

  private static QueueItem item(String name, String reason) {
    CrateId id =
        new CrateId(CrateName.parse(name), CrateVersion.parse("1.0.0"), Sha256.of(Bytes.EMPTY));
    QueueRow row =
        new QueueRow(new QueuedRequest(id, AT, AT, 1, List.of(), List.of(), reason), null);
    return new QueueItem(row, RequestHistory.NONE, row.state(RequestHistory.NONE), null);
  }

  private static boolean matches(String pattern, String name) {
    return item(name, "cooldown")
        .matches(
            QueueQuery.of(
                new QueueGroupsRequest(null, null, null, null, pattern, null, null, null)));
  }

  @Test
  void isPlacedByTheReasonOfTheRequestBeforeItIsEvaluated() {
    assertThat(item("a", "cooldown").state()).isEqualTo(RequestState.HOLD);
    assertThat(item("a", "signal").in(Tab.DECISION, "ann")).isTrue();
    assertThat(item("a", "second-person-needed").in(Tab.SECOND_PERSON, "ann")).isTrue();
    assertThat(item("a", "second-person-needed").in(Tab.DECISION, "ann")).isFalse();
  }

  @Test
  void aStarMatchesAnyCharacters() {
    assertThat(matches("zstd-*", "zstd_safe")).isTrue();
    assertThat(matches("*sys", "zstd-sys")).isTrue();
    assertThat(matches("*a*b*", "xxaxxbxx")).isTrue();
    assertThat(matches("***", "a")).isTrue();
    assertThat(matches("zstd", "zstd-sys")).isFalse();
    assertThat(matches("*a*b", "bba")).isFalse();
    assertThat(matches("*".repeat(60) + "b", "a".repeat(64))).isFalse();
  }
}

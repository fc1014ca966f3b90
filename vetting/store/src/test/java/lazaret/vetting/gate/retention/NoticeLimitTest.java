package lazaret.vetting.gate.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.Test;

class NoticeLimitTest {
  private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

  private final DropCounts dropped = new DropCounts();
  private final NoticeLimit limit = new NoticeLimit(dropped);

  private int admitted(String version, String detail, Instant now) {
    CrateName name = CrateName.parse("serde");
    return limit
        .limited(
            List.of(
                new Notice(Notice.Kind.YANKED_UPSTREAM, now, Notice.GATE, name, version, detail)),
            now)
        .size();
  }

  @Test
  void theSameVersionIsNoticedFourTimesADay() {
    int admitted = 0;
    for (int i = 0; i < 100; i++) {
      admitted += admitted("1.0.0", "detail " + i, START);
    }
    assertThat(admitted).isEqualTo(NoticeLimit.VERSION_A_DAY);
    assertThat(admitted("1.0.1", "", START)).isOne();
    assertThat(admitted("1.0.0", "", START.plus(Duration.ofDays(1)))).isOne();
    assertThat(dropped.count(DropKind.NOTICES)).isEqualTo(96);
  }

  @Test
  void aDayEndsWithOneSummaryOfEachKind() {
    for (int i = 0; i < 1_500; i++) {
      int _ = admitted("1.0." + i, "", START);
    }
    assertThat(limit.takeSummaries(START)).as("the day is not over").isEmpty();

    List<Notice> summaries = limit.takeSummaries(START.plus(Duration.ofDays(1)));

    assertThat(summaries)
        .extracting(Notice::detail)
        .containsExactly("500 more notices 'yanked-upstream' of 2026-11-27 were left out");
    assertThat(limit.takeSummaries(START.plus(Duration.ofDays(1)))).isEmpty();
    limit.putBack(summaries);
    assertThat(limit.takeSummaries(START.plus(Duration.ofDays(1)))).isEqualTo(summaries);
  }

  @Test
  void aStopSummarizesTheDayThatIsNotOver() {
    for (int i = 0; i < 1_001; i++) {
      int _ = admitted("1.0." + i, "", START);
    }
    assertThat(limit.takeLastSummaries(START)).hasSize(1);
  }

  @Test
  void countsSurviveTheirText() {
    dropped.add(DropKind.REQUESTS, 7);
    dropped.add(DropKind.OLD_ACCESSES, 9);
    DropCounts read = new DropCounts();
    read.load(dropped.text() + "\nunknown 5\nrequests x\n");
    assertThat(read.counts()).isEqualTo(dropped.counts());
  }

  private static Notice request(String by, String version) {
    return new Notice(
        Notice.Kind.REQUEST_MADE, START, by, CrateName.parse("serde"), version, "needed");
  }

  private int asked(String by, String version) {
    return limit.limited(List.of(request(by, version)), START).size();
  }

  private int asked(String by) {
    return asked(by, "1.0.0");
  }

  @Test
  void requestsOfADayCountByPerson() {
    for (int i = 0; i < NoticeLimit.KIND_A_DAY; i++) {
      assertThat(asked("-@10.0.0.1", "1.0." + i)).isOne();
      assertThat(asked("bob", "1.0." + i)).isOne();
    }

    assertThat(asked("-@10.0.0.2", "2.0.0")).isZero();
    assertThat(asked("bob", "2.0.0")).isZero();
    assertThat(asked("carol", "2.0.0")).isOne();
  }

  @Test
  void requestersWithATokenDoNotDisplaceEachOther() {
    for (int i = 0; i < NoticeLimit.VERSION_A_DAY; i++) {
      assertThat(asked("-@10.0.0." + i)).isOne();
      assertThat(asked("bob")).isOne();
    }

    assertThat(asked("-@10.0.0.9")).isZero();
    assertThat(asked("bob")).isZero();
    assertThat(asked("carol")).isOne();
  }

  @Test
  void noticeOfARefusedActionDoesNotCountAsLeftOut() {
    for (int i = 0; i < NoticeLimit.KIND_A_DAY; i++) {
      assertThat(limit.admits(request("bob", "1.0." + i), START)).isTrue();
    }

    assertThat(limit.admits(request("bob", "2.0.0"), START)).isFalse();
    assertThat(dropped.count(DropKind.NOTICES)).isZero();
    assertThat(limit.takeLastSummaries(START)).isEmpty();
    assertThat(asked("bob", "2.0.0")).isZero();
    assertThat(dropped.count(DropKind.NOTICES)).isOne();
  }

  @Test
  void statesWhetherARequestOfAPersonWasAdmittedToday() {
    assertThat(asked("carol", "1.0.0")).isOne();

    assertThat(limit.hasToday(request("carol", "1.0.0"), START)).isTrue();
    assertThat(limit.hasToday(request("dave", "1.0.0"), START)).isFalse();
    assertThat(limit.hasToday(request("carol", "1.0.1"), START)).isFalse();
  }
}

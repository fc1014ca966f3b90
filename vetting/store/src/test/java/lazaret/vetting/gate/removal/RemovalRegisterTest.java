package lazaret.vetting.gate.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemovalRegisterTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final Kept kept = new Kept();
  private RemovalRegister register = new RemovalRegister(kept, HOUR);

  /// The text that was written last.
  private static final class Kept implements RemovalRegister.Log {
    private String text = "";
    private final List<Notice> notices = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private boolean full;

    @Override
    public String read() {
      return text;
    }

    @Override
    public boolean write(String written, List<Notice> more) {
      if (failure != null) {
        throw failure;
      }
      if (full) {
        return false;
      }
      text = written;
      notices.addAll(more);
      return true;
    }

    List<Notice.Kind> kinds() {
      return notices.stream().map(Notice::kind).toList();
    }
  }

  private static CrateName crate(int number) {
    return CrateName.parse("crate-" + number);
  }

  private void asked(int from, int to) {
    for (int i = from; i < to; i++) {
      register.asked(crate(i), NOW);
    }
  }

  private void vanish(int from, int to, Instant at) {
    for (int i = from; i < to; i++) {
      register.asked(crate(i), at);
      register.suspect(crate(i), at);
    }
  }

  @Test
  void isDueOnceTheDelayIsOverAndAcrossARestart() {
    vanish(0, 1, NOW);

    assertThat(register.due(NOW.plus(HOUR).minusSeconds(1), 10)).isEmpty();
    register = new RemovalRegister(kept, HOUR);
    assertThat(register.due(NOW.plus(HOUR).minusSeconds(1), 10)).isEmpty();
    assertThat(register.due(NOW.plus(HOUR), 10)).containsExactly(crate(0));
  }

  @Test
  void aSuspicionFromAClockAheadIsDueAtOnce() {
    vanish(0, 1, NOW.plus(Duration.ofDays(3_650)));

    assertThat(register.due(NOW, 10)).containsExactly(crate(0));
    register.postpone(crate(0), NOW);
    assertThat(register.due(NOW, 10)).isEmpty();
    assertThat(register.due(NOW.plus(HOUR), 10)).containsExactly(crate(0));
  }

  @Test
  void twoCratesAreNeverTooManyHoweverFewAreAskedFor() {
    vanish(0, 2, NOW);

    assertThat(register.rule(crate(0))).isEqualTo(new RemovalRule.Confirm(HOUR));
    assertThat(kept.kinds()).isEmpty();
  }

  @Test
  void moreThanTwoInAHundredRaiseOneAlarmAndWithdrawNothing() {
    asked(0, 100);

    vanish(0, 2, NOW);
    assertThat(register.report().massSince()).isNull();
    vanish(2, 10, NOW);

    assertThat(register.report().massSince()).isEqualTo(NOW);
    assertThat(register.rule(crate(0))).isEqualTo(new RemovalRule.Ignore());
    assertThat(register.rule(crate(99))).isEqualTo(new RemovalRule.Ignore());
    assertThat(kept.kinds()).containsExactly(Notice.Kind.MASS_REMOVAL);
    assertThat(kept.notices.getFirst().detail()).startsWith("3 of 100 crates");
  }

  @Test
  void twentyOfAThousandAreBelievedAndTwentyOneAreNot() {
    asked(0, 1_000);

    vanish(0, 20, NOW);
    assertThat(register.report().massSince()).isNull();
    vanish(20, 21, NOW);

    assertThat(register.report().massSince()).isEqualTo(NOW);
  }

  @Test
  void theHourSlides() {
    asked(0, 1_000);
    vanish(0, 15, NOW);
    Instant later = NOW.plus(HOUR);
    for (int i = 0; i < 1_000; i++) {
      register.asked(crate(i), later);
    }

    vanish(15, 30, later);

    assertThat(register.report().massSince()).isNull();
  }

  @Test
  void theAlarmOutlivesARestartAndRestoresWhatWasSuspectedBefore() {
    vanish(0, 3, NOW);

    register = new RemovalRegister(kept, HOUR);

    assertThat(register.rule(crate(7))).isEqualTo(new RemovalRule.Ignore());
    assertThat(register.nextToRestore()).isEqualTo(Optional.of(crate(0)));
    assertThat(register.report().open()).hasSize(3);
  }

  @Test
  void aPersonConfirmsAndUpstreamIsAskedOnceMore() {
    vanish(0, 30, NOW);

    assertThat(register.confirm("ann", NOW)).isEqualTo(30);

    assertThat(register.rule(crate(3))).isEqualTo(new RemovalRule.Withdraw());
    assertThat(register.rule(crate(99))).isEqualTo(new RemovalRule.Confirm(HOUR));
    assertThat(register.due(NOW, 16)).hasSize(16);
    assertThat(kept.kinds())
        .containsExactly(Notice.Kind.MASS_REMOVAL, Notice.Kind.REMOVALS_CONFIRMED);
    assertThat(register.confirm("ann", NOW)).isEqualTo(30);
  }

  @Test
  void theAlarmEndsOnceEverythingIsListedAgain() {
    vanish(0, 3, NOW);

    for (int i = 0; i < 3; i++) {
      register.settle(crate(i), NOW);
    }

    assertThat(register.rule(crate(0))).isEqualTo(new RemovalRule.Confirm(HOUR));
    assertThat(kept.kinds())
        .containsExactly(Notice.Kind.MASS_REMOVAL, Notice.Kind.MASS_REMOVAL_ENDED);
  }

  @Test
  void keepsABoundedNumberOfCratesAndBelievesUpstreamNoMore() {
    vanish(0, RemovalRegister.MAX_OPEN + 50, NOW);

    assertThat(register.report().open()).hasSize(RemovalRegister.MAX_OPEN);
    assertThat(register.rule(crate(RemovalRegister.MAX_OPEN + 20)))
        .isEqualTo(new RemovalRule.Ignore());
  }

  @Test
  void readsDamagedTextAsFarAsItGoes() {
    kept.text = "removals 1\nnonsense\nmass never\ncrate-1 2026-11-27T12:00:00Z x true\n";

    register = new RemovalRegister(kept, HOUR);

    assertThat(register.report().open()).isEmpty();
    assertThat(register.report().massSince()).isNull();
  }

  @Test
  void aCrateThatFlapsWritesOneSuspicionAndOneReturnAnHour() {
    RemovalNoticeLimit notices = new RemovalNoticeLimit();
    int written = 0;
    for (int i = 0; i < 50; i++) {
      Instant at = NOW.plusSeconds(60L * i);
      written += notices.limited(List.of(notice(Notice.Kind.REMOVAL_UNCONFIRMED, at)), at).size();
      written += notices.limited(List.of(notice(Notice.Kind.RETURNED_UPSTREAM, at)), at).size();
    }

    assertThat(written).isEqualTo(2);
  }

  @Test
  void aLineThatKeepsChangingWritesFourNoticesAnHour() {
    RemovalNoticeLimit notices = new RemovalNoticeLimit();
    int written = 0;
    for (int i = 0; i < 50; i++) {
      Instant at = NOW.plusSeconds(60L * i);
      written += notices.limited(List.of(notice(Notice.Kind.LINE_CHANGED, at)), at).size();
      written += notices.limited(List.of(notice(Notice.Kind.RETURNED_UPSTREAM, at)), at).size();
    }
    Instant later = NOW.plusSeconds(51 * 60);

    assertThat(written).isEqualTo(8);
    assertThat(notices.limited(List.of(notice(Notice.Kind.REMOVAL_UNCONFIRMED, later)), later))
        .hasSize(1);
    Instant nextHour = NOW.plusSeconds(3 * 3_600);
    assertThat(notices.limited(List.of(notice(Notice.Kind.LINE_CHANGED, nextHour)), nextHour))
        .hasSize(1);
  }

  private static Notice notice(Notice.Kind kind, Instant at) {
    return new Notice(kind, at, Notice.GATE, crate(1), "1.0.0", "detail");
  }

  @Test
  void readsAgainWhatAnotherNodeWrote() {
    RemovalRegister other = new RemovalRegister(kept, HOUR);
    vanish(0, 1, NOW);

    // The change reads first, so that it does not overwrite the other one.
    other.asked(crate(1), NOW);
    other.suspect(crate(1), NOW);
    register.reload();

    assertThat(register.holds(crate(0))).isTrue();
    assertThat(register.holds(crate(1))).isTrue();
    assertThat(other.holds(crate(0))).isTrue();
    other.settle(crate(0), NOW);
    register.reload();
    assertThat(register.holds(crate(0))).isFalse();
  }

  @Test
  void aFailedWriteIsForgotten() {
    vanish(0, 1, NOW);
    kept.failure = new IllegalStateException("conflict");
    assertThatThrownBy(() -> register.suspect(crate(1), NOW)).hasMessage("conflict");
    kept.failure = null;

    register.suspect(crate(2), NOW);

    assertThat(register.holds(crate(0))).isTrue();
    assertThat(register.holds(crate(1))).isFalse();
    assertThat(new RemovalRegister(kept, HOUR).holds(crate(2))).isTrue();
  }

  @Test
  void aRegisterAheadOfAFullStoreStaysAhead() {
    vanish(0, 1, NOW);
    kept.full = true;
    vanish(1, 2, NOW);
    assertThat(register.holds(crate(1))).isTrue();
    kept.full = false;

    vanish(2, 3, NOW);

    assertThat(new RemovalRegister(kept, HOUR).report().open()).hasSize(3);
  }
}

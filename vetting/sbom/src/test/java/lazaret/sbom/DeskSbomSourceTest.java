package lazaret.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.client.DeskException;
import lazaret.vetting.deskapi.client.DeskTransport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeskSbomSourceTest {
  private static final CrateName NAME = CrateName.parse("serde");
  private static final CrateVersion VERSION = CrateVersion.parse("1.0.9");

  /// A refusal.
  ///
  /// @param retryAfter the time that it names; null for none
  private record Refusal(ErrorCode code, @Nullable Duration retryAfter) {}

  /// A desk that refuses each request, by its next refusal.
  private static final class RefusingTransport implements DeskTransport {
    private final Deque<Refusal> next = new ArrayDeque<>();

    @Override
    public <Q extends Record, R extends Record> Reply<R> call(
        Operation<Q, R> operation, Q request, Duration timeout) {
      Refusal refusal = next.remove();
      return Reply.refused(List.of(new Problem(refusal.code(), "the cause")), refusal.retryAfter());
    }

    @Override
    public String where() {
      return "the desk of a test";
    }

    @Override
    public void close() {}
  }

  private final RefusingTransport transport = new RefusingTransport();
  private final List<Duration> pauses = new ArrayList<>();
  private int steps;
  private final DeskSbomSource source =
      new DeskSbomSource(new DeskClient(transport), pauses::add, () -> steps++);

  private void refuse(ErrorCode code) {
    transport.next.add(new Refusal(code, null));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"UNKNOWN", "UPSTREAM_UNAVAILABLE"})
  void unknownObjectsHaveNoFacts(ErrorCode code) {
    refuse(code);
    refuse(code);
    refuse(code);

    assertThat(source.version(NAME, VERSION)).isEqualTo(SbomSource.VersionFacts.NONE);
    assertThat(source.advisories("RUSTSEC-2026-0001")).isEmpty();
    assertThat(source.publication(NAME, VERSION)).isEmpty();
    assertThat(source.publication(NAME, VERSION)).as("asked once for a crate").isEmpty();
    assertThat(pauses).isEmpty();
    assertThat(steps).isOne();
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNKNOWN", "UPSTREAM_UNAVAILABLE", "RATE_LIMITED"})
  void anotherRefusalIsAnError(ErrorCode code) {
    refuse(code);
    refuse(code);

    assertThatThrownBy(() -> source.version(NAME, VERSION))
        .isInstanceOfSatisfying(DeskException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage("cannot describe serde@1.0.9: the cause");
    assertThatThrownBy(() -> source.advisories("RUSTSEC-2026-0001"))
        .isInstanceOfSatisfying(DeskException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage("cannot describe advisory RUSTSEC-2026-0001: the cause");
  }

  @Test
  void rateLimitIsAwaited() {
    transport.next.add(new Refusal(ErrorCode.RATE_LIMITED, Duration.ofSeconds(2)));
    transport.next.add(new Refusal(ErrorCode.RATE_LIMITED, Duration.ofHours(1)));
    refuse(ErrorCode.RATE_LIMITED);
    refuse(ErrorCode.UNKNOWN);

    assertThat(source.version(NAME, VERSION)).isEqualTo(SbomSource.VersionFacts.NONE);
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(35), Duration.ofSeconds(5));
  }

  @Test
  void rateLimitWithoutAnEndIsAnError() {
    transport.next.addAll(Collections.nCopies(100, new Refusal(ErrorCode.RATE_LIMITED, null)));

    assertThatThrownBy(() -> source.version(NAME, VERSION))
        .isInstanceOfSatisfying(
            DeskException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED));
    assertThat(pauses).hasSize(10);
  }
}

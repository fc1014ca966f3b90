package lazaret.vetting.desk.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

class ReaderRegisterTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
  private static final Sha256 ALPHA = Sha256.of(Bytes.utf8("alpha"));
  private static final Sha256 BETA = Sha256.of(Bytes.utf8("beta"));

  private final ManualClock clock = new ManualClock(START);
  private final ReaderRegister register = new ReaderRegister(clock);

  private List<String> others(String person, Sha256 cksum) {
    return register.others(person, cksum).stream().map(ReaderRegister.Entry::person).toList();
  }

  @Test
  void listsTheOthersFromTheLongestReaderOn() {
    register.add("jonas", ALPHA);
    clock.advance(Duration.ofMinutes(2));
    register.add("ann", ALPHA);
    register.add("mara", ALPHA);
    register.add("bob", BETA);

    assertThat(register.others("mara", ALPHA))
        .containsExactly(
            new ReaderRegister.Entry("jonas", START),
            new ReaderRegister.Entry("ann", START.plusSeconds(120)));
    assertThat(others("bob", BETA)).isEmpty();
  }

  @Test
  void personReadsUntilTheTimeWithoutARequestIsOver() {
    register.add("jonas", ALPHA);
    clock.advance(ReaderRegister.IDLE);
    register.add("jonas", ALPHA);
    clock.advance(ReaderRegister.IDLE);

    assertThat(register.others("ann", ALPHA))
        .containsExactly(new ReaderRegister.Entry("jonas", START));

    clock.advance(Duration.ofSeconds(1));
    assertThat(others("ann", ALPHA)).isEmpty();

    register.add("jonas", ALPHA);
    assertThat(register.others("ann", ALPHA))
        .containsExactly(new ReaderRegister.Entry("jonas", clock.instant()));
  }

  @Test
  void decisionEndsTheReading() {
    register.add("jonas", ALPHA);
    register.remove("ann", BETA);
    register.remove("jonas", ALPHA);

    assertThat(others("ann", ALPHA)).isEmpty();
  }

  @Test
  void personOfTheOperatingSystemIsTheOwnerOfTheToken() {
    register.add("ann", ALPHA);
    register.add("local:Ann", ALPHA);

    assertThat(others("Ann", ALPHA)).isEmpty();
    assertThat(others("bob", ALPHA)).containsExactly("ann");

    register.remove("ANN", ALPHA);
    assertThat(others("bob", ALPHA)).isEmpty();
  }

  @Test
  void keepsABoundedNumberOfPersonsAndVersions() {
    for (int i = 0; i <= ReaderRegister.MAX_PERSONS; i++) {
      register.add("person " + i, ALPHA);
    }
    assertThat(others("ann", ALPHA)).hasSize(ReaderRegister.MAX_PERSONS);

    register.add("jonas", BETA);
    register.add("jonas", ALPHA);
    for (int i = 1; i < ReaderRegister.MAX_VERSIONS; i++) {
      register.add("jonas", Sha256.of(Bytes.utf8("crate " + i)));
    }

    assertThat(others("ann", BETA)).as("the version without a request for longest").isEmpty();
    assertThat(others("ann", ALPHA)).isNotEmpty();
  }
}

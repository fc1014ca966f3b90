package lazaret.vetting.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubPositionTest {
  private static final Instant BEGUN = Instant.parse("2026-11-24T10:00:00.5Z");
  private static final Sha256 CKSUM = Sha256.of(Bytes.utf8("alpha"));

  @Test
  void storedFormStays() {
    ScrubPosition begun = ScrubPosition.begin(BEGUN);
    ScrubPosition at = begun.after(CKSUM, 100, true).after(CKSUM, 20, false);

    assertThat(begun.text()).isEqualTo("2026-11-24T10:00:00.500Z - - 0 0 0");
    assertThat(at.text()).isEqualTo("2026-11-24T10:00:00.500Z - " + CKSUM.hex() + " 2 120 1");
    assertThat(at.end(BEGUN.plusSeconds(9)).text())
        .isEqualTo("2026-11-24T10:00:00.500Z 2026-11-24T10:00:09.500Z " + CKSUM.hex() + " 2 120 1");
    assertThat(ScrubPosition.parse(at.text())).contains(at);
    assertThat(ScrubPosition.parse(begun.text())).contains(begun);
    assertThat(ScrubPosition.parse(at.end(BEGUN).text())).contains(at.end(BEGUN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-24T10:00:00Z",
        "today - - 0 0 0",
        "2026-11-24T10:00:00Z - abc 0 0 0",
        "2026-11-24T10:00:00Z - - many 0 0",
        "2026-11-24T10:00:00Z - - 0 0 0 0"
      })
  void otherFormCountsAsNone(String text) {
    assertThat(ScrubPosition.parse(text)).isEmpty();
  }
}

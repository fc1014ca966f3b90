package lazaret.vetting.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.testkit.StoredLines;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class YankWaveTest {
  private static final Instant ATTACK = Instant.parse("2026-08-20T07:15:00Z");
  private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");

  @Test
  void seesTwoYanksAroundANewPublish() {
    YankWave wave =
        wave(
            line("0.3.7", LONG_AGO, null),
            line("0.3.8", LONG_AGO, ATTACK.plusSeconds(600)),
            line("0.3.9", LONG_AGO, ATTACK.plusSeconds(660)),
            line("0.3.10", ATTACK, null));

    assertThat(wave.yanked()).containsExactlyInAnyOrder("0.3.8", "0.3.9");
    assertThat(wave.published()).containsExactly("0.3.10");
  }

  @Test
  void doesNotSeeAWaveInYanksWithoutAPublish() {
    YankWave wave =
        wave(
            line("0.3.8", LONG_AGO, ATTACK),
            line("0.3.9", LONG_AGO, ATTACK),
            line("0.4.0", ATTACK.minus(Duration.ofDays(2)), null));

    assertThat(wave.yanked()).isEmpty();
    assertThat(wave.published()).isEmpty();
  }

  @Test
  void doesNotSeeAWaveInOneYankBesideAPublish() {
    YankWave wave = wave(line("0.3.9", LONG_AGO, ATTACK), line("0.3.10", ATTACK, null));

    assertThat(wave.published()).isEmpty();
  }

  @Test
  void isNotFooledByAForgedPublishTime() {
    StoredLine forged =
        StoredLine.first(
            StoredLines.entry(StoredLines.line("0.3.10", LONG_AGO)),
            ATTACK.plusSeconds(700),
            ATTACK);

    YankWave wave = wave(line("0.3.8", LONG_AGO, ATTACK), line("0.3.9", LONG_AGO, ATTACK), forged);

    assertThat(wave.published()).containsExactly("0.3.10");
  }

  private static YankWave wave(StoredLine... lines) {
    return YankWave.of(new StoredCrate(CrateName.parse("alpha"), List.of(lines), List.of()));
  }

  private static StoredLine line(String version, Instant published, @Nullable Instant yankedSince) {
    return new StoredLine(
        StoredLines.entry(StoredLines.line(version, published)),
        null,
        published,
        null,
        yankedSince,
        null,
        null);
  }
}

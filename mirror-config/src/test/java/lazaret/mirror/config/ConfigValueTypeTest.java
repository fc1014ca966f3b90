package lazaret.mirror.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.Durations;
import lazaret.vetting.SpellingSuggestion;
import lazaret.vetting.text.SizeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigValueTypeTest {
  @ParameterizedTest
  @CsvSource({"7d,P7D", "12h,PT12H", "1h30m,PT1H30M", "500ms,PT0.5S", "0,PT0S", "1d1s,PT24H1S"})
  void readsDurations(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
    assertThat(Durations.text(expected)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"7 days,P7D", "1 day,PT24H", "1d12h,PT36H", "0,PT0S"})
  void saysDurations(String words, Duration duration) {
    assertThat(Durations.words(duration)).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "d", "-1d", "1m1h", "7 d", "1.5h", "99999999999d", "7D"})
  void refusesOtherDurations(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a duration");
  }

  @ParameterizedTest
  @CsvSource({
    "4096,4096",
    "1kB,1000",
    "512MiB,536870912",
    "10 GB,10000000000",
    "1TiB,1099511627776",
    "7B,7"
  })
  void readsSizes(String text, long expected) {
    assertThat(SizeText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "-1", "1.5MB", "1 PB", "999999999999999999TiB"})
  void refusesOtherSizes(String text) {
    assertThatThrownBy(() -> SizeText.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:7080,true",
    "127.9.9.9:1,true",
    "[::1]:7080,true",
    "localhost:0,true",
    "0.0.0.0:7080,false",
    "[::]:7080,false",
    "crates.example.org:443,false",
    "127.example.org:80,false"
  })
  void knowsLoopback(String text, boolean loopback) {
    Endpoint endpoint = Endpoint.parse(text);

    assertThat(endpoint.loopback()).isEqualTo(loopback);
    assertThat(endpoint).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7080",
        ":7080",
        "host:",
        "host:70800",
        "host:x",
        "::1:7080",
        "a b:1",
        "host:-1"
      })
  void refusesOtherEndpoints(String text) {
    assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsTheNearestWord() {
    List<String> known = List.of("listen", "mode", "policy.cooldown");

    assertThat(SpellingSuggestion.of("listn", known)).contains("listen");
    assertThat(SpellingSuggestion.of("policy.cooldwon", known)).contains("policy.cooldown");
    assertThat(SpellingSuggestion.of("upstream", known)).isEmpty();
    assertThat(SpellingSuggestion.distance("kitten", "sitting")).isEqualTo(3);
  }
}

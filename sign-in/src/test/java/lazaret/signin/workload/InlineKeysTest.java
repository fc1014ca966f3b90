package lazaret.signin.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.signin.IssuerUnavailableException;
import lazaret.signin.KeySetReader;
import lazaret.signin.SigningKey;
import lazaret.testkit.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InlineKeysTest {
  private static final SigningKey ONE = SigningKey.ed25519("one");
  private static final SigningKey TWO = SigningKey.ec("two");

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.at("2026-11-28T12:00:00Z");

  private Path file() {
    return folder.resolve("keys.json");
  }

  private void write(SigningKey... keys) throws IOException {
    List<Map<String, Object>> members = Stream.of(keys).map(SigningKey::jwk).toList();
    Files.writeString(file(), JSONObjectUtils.toJSONString(Map.of("keys", members)));
  }

  @Test
  void readsTheFileAgainAfterAnUnknownKey() throws IOException {
    write(ONE);
    InlineKeys keys = new InlineKeys(file(), clock);
    assertThat(keys.keys().getKeyByKeyId("one")).isNotNull();
    write(ONE, TWO);

    assertThat(keys.refreshed("two").getKeyByKeyId("two")).isNull();
    clock.advance(Duration.ofSeconds(30));
    assertThat(keys.refreshed("two").getKeyByKeyId("two")).isNotNull();
    assertThat(keys.keys().size()).isEqualTo(2);
  }

  @Test
  void dropsAKeyThatWasRemovedFromTheFile() throws IOException {
    write(ONE, TWO);
    InlineKeys keys = new InlineKeys(file(), clock);
    assertThat(keys.keys().size()).isEqualTo(2);
    write(TWO);

    assertThat(keys.keys().getKeyByKeyId("one")).isNotNull();
    clock.advance(Duration.ofSeconds(30));
    assertThat(keys.keys().getKeyByKeyId("one")).isNull();
    assertThat(keys.keys().getKeyByKeyId("two")).isNotNull();
  }

  @Test
  void keepsTheLastKeysWhileTheFileIsFaulty() throws IOException {
    write(ONE);
    InlineKeys keys = new InlineKeys(file(), clock);
    assertThat(keys.keys().size()).isEqualTo(1);
    Files.writeString(file(), "{");
    clock.advance(Duration.ofMinutes(1));

    assertThat(keys.refreshed("two").getKeyByKeyId("one")).isNotNull();
  }

  @Test
  void refusesAFileThatIsMissing() {
    InlineKeys keys = new InlineKeys(file(), clock);

    assertThatThrownBy(keys::keys)
        .isInstanceOf(IssuerUnavailableException.class)
        .hasMessage(
            "cannot read the keys of %s: expected a readable file; copy the issuer's key set there",
            file());
  }

  @Test
  void refusesALargeFileWithoutReadingAllOfIt() throws IOException {
    Files.write(file(), new byte[KeySetReader.MAX_BYTES + 1]);

    assertThatThrownBy(() -> InlineKeys.check(file()))
        .isInstanceOf(IssuerUnavailableException.class)
        .hasMessage(
            "cannot read the keys of %s: expected at most 262144 bytes, found more; keep the keys"
                + " for signatures only",
            file());
  }

  @Test
  void refusesAFileWithoutKeys() throws IOException {
    write();

    assertThatThrownBy(() -> InlineKeys.check(file()))
        .isInstanceOf(IssuerUnavailableException.class)
        .hasMessageStartingWith("cannot use the keys of " + file());
  }
}

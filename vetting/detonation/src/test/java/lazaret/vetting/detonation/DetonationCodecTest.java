package lazaret.vetting.detonation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.detonation.Detonation.Kind;
import lazaret.vetting.detonation.Detonation.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetonationCodecTest {
  private static Detonation detonation(Trace... traces) {
    return new Detonation(
        Sha256.of(Bytes.utf8("crate")),
        Instant.parse("2026-11-24T12:00:00Z"),
        "admin",
        "exit 101",
        new TreeSet<>(List.of(traces)));
  }

  @Test
  void whatIsKeptIsReadAsItWas() {
    Detonation detonation =
        detonation(
            new Trace(Kind.WROTE, "$OUT_DIR/a  b"),
            new Trace(Kind.DENIED, "connect 203.0.113.7:443"),
            new Trace(Kind.SAID, "rustc-env=X=é"));

    assertThat(DetonationCodec.decode(DetonationCodec.encode(detonation))).isEqualTo(detonation);
    assertThat(DetonationCodec.decode(DetonationCodec.encode(detonation())))
        .isEqualTo(detonation());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "\n\n\n\n", "a\nb\nc\nd\nDENIED x\n"})
  void otherBytesAreNone(String text) {
    assertThatThrownBy(() -> DetonationCodec.decode(Bytes.utf8(text)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void differenceIsWhatOneHasAndTheOtherHasNot() {
    Trace both = new Trace(Kind.RAN, "/usr/bin/cc");
    Trace fresh = new Trace(Kind.RAN, "/usr/bin/curl");

    assertThat(detonation(both, fresh).beyond(detonation(both).traces())).containsExactly(fresh);
    assertThat(detonation(both).beyond(detonation(both, fresh).traces())).isEmpty();
  }

  @Test
  void textsAndTracesHaveAnEnd() {
    assertThatThrownBy(() -> new Trace(Kind.RAN, "two\nlines"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("no line breaks");
    assertThatThrownBy(() -> new Trace(Kind.RAN, "")).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> new Trace(Kind.RAN, "x".repeat(Detonation.MAX_TEXT + 1)))
        .isInstanceOf(MalformedException.class);
    var many =
        IntStream.rangeClosed(0, Detonation.MAX_TRACES)
            .mapToObj(i -> new Trace(Kind.WROTE, "f" + i))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThatThrownBy(
            () -> new Detonation(Sha256.of(Bytes.EMPTY), Instant.EPOCH, "a", "built", many))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("5001 traces");
  }
}

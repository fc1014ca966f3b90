package lazaret.vetting.detonation;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.vetting.detonation.Detonation.Trace;
import lazaret.vetting.inspect.source.Capability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceSubjectTest {
  private static TraceSubject of(Detonation.Kind kind, String what) {
    return TraceSubject.of(new Trace(kind, what));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "DENIED ; connect 203.0.113.7:443 ; HOST ; 203.0.113.7:443 | 203.0.113.7",
        "DENIED ; connect [2001:db8::1]:53 ; HOST ; [2001:db8::1]:53 | [2001:db8::1]",
        "DENIED ; socket AF_VSOCK ; HOST ; 'AF_VSOCK | '",
        "DENIED ; decoy-opened ~/.ssh/id_ed25519 ; CREDENTIAL ; ~/.ssh/id_ed25519 | id_ed25519",
        "DENIED ; keyring ; SYSTEM ; 'keyring | '",
        "DENIED ; write-attempt /etc/hosts ; FILE_WRITTEN ; /etc/hosts | hosts\"",
        "DENIED ; limit memory ; LIMIT ; 'memory | '",
        "DENIED ; unheard of ; OTHER ; 'unheard of | '",
        "RAN ; /usr/bin/cc ; PROCESS ; /usr/bin/cc | \"cc\"",
        "SAID ; rustc-link-lib=static=z ; INSTRUCTION ; rustc-link-lib=static=z | rustc-link-lib",
        "READ ; variable CARGO_PKG_NAME ; VARIABLE ; CARGO_PKG_NAME | \"CARGO_PKG_NAME\"",
        "READ ; /usr/include/z.h ; FILE_READ ; /usr/include/z.h | z.h\"",
        "WROTE ; $OUT_DIR/a (no regular file) ; FILE_WRITTEN ; $OUT_DIR/a | a\"",
      })
  void hasAKindAnObjectAndAText(
      Detonation.Kind trace, String text, BehaviorReport.Kind kind, String whatAndText) {
    TraceSubject subject = of(trace, text);

    assertThat(subject.kind()).isEqualTo(kind);
    assertThat(subject.what() + " | " + subject.text()).isEqualTo(whatAndText);
    assertThat(subject.crate()).isNull();
  }

  @Test
  void namesTheCrateOfADeniedAttempt() {
    TraceSubject subject = of(Detonation.Kind.DENIED, "connect 203.0.113.7:443 by libc");

    assertThat(subject.crate()).isEqualTo("libc");
    assertThat(subject.what()).isEqualTo("203.0.113.7:443");
    assertThat(of(Detonation.Kind.DENIED, "keyring by a by b").crate()).isEqualTo("b");
  }

  @Test
  void namesTheCrateOfABuildScript() {
    TraceSubject script = of(Detonation.Kind.RAN, "/out/debug/build/libc/build-script-build");

    assertThat(script.crate()).isEqualTo("libc");
    assertThat(of(Detonation.Kind.RAN, "/usr/bin/cc").crate()).isNull();
  }

  @Test
  void namesTheCapabilitiesThatCanCauseIt() {
    assertThat(of(Detonation.Kind.DENIED, "connect a:1").capabilities())
        .contains(Capability.NETWORK)
        .doesNotContain(Capability.PROCESS);
    assertThat(of(Detonation.Kind.RAN, "/usr/bin/cc").capabilities()).contains(Capability.PROCESS);
    assertThat(of(Detonation.Kind.SAID, "rustc-link-search=x").capabilities())
        .contains(Capability.LINKS);
    assertThat(of(Detonation.Kind.SAID, "rustc-cfg=x").capabilities()).isEmpty();
    assertThat(of(Detonation.Kind.READ, "variable X").byCompilation()).isTrue();
    assertThat(of(Detonation.Kind.WROTE, "$OUT_DIR/x").byCompilation()).isFalse();
  }
}

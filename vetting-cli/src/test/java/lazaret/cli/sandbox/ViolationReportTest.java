package lazaret.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.cli.report.ExitCode;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.SandboxReport.Ending;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Kind;
import lazaret.sandbox.Violation.Origin;
import lazaret.vetting.deskapi.DeskJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViolationReportTest {
  private static Violation violation(Kind kind, String resource, Origin origin, int count) {
    return new Violation(kind, resource, origin, count, "sealed: no sockets", "--loopback");
  }

  @Test
  void crateIsNamedOrThoseThatItCouldHaveBeen() {
    Origin known =
        new Origin(Optional.of("evil"), Optional.of("1.0.0"), Optional.of("/out/build"), List.of());
    Origin macros =
        new Origin(
            Optional.empty(),
            Optional.empty(),
            Optional.of("/opt/rust/bin/rustc"),
            List.of("a 1.0.0", "b 2.0.0"));

    assertThat(ViolationReport.sentence(violation(Kind.CONNECT, "203.0.113.7:443", known, 2)))
        .isEqualTo(
            "connect: 203.0.113.7:443 (2 times), by evil 1.0.0 (/out/build): sealed: no"
                + " sockets; --loopback");
    assertThat(ViolationReport.sentence(violation(Kind.DECOY_OPENED, "~/.netrc", macros, 1)))
        .contains("decoy-opened: ~/.netrc, by one of a 1.0.0, b 2.0.0 (/opt/rust/bin/rustc)");
    assertThat(ViolationReport.sentence(violation(Kind.KEYRING, "keyctl", Origin.UNKNOWN, 1)))
        .contains("by an unknown crate: ");
  }

  @Test
  void documentHasEveryPart() {
    assertThat(
            DeskJson.encode(
                    ViolationReport.document(
                        violation(Kind.GATE_REFUSAL, "GET /x", Origin.UNKNOWN, 3)))
                .text())
        .contains("\"kind\":\"gate-refusal\"", "\"resource\":\"GET /x\"", "\"count\":3");
  }

  @ParameterizedTest
  @CsvSource({
    "/out/debug/app,/project/.env,false",
    "/out/debug/deps/app-0123456789abcdef,/project/member/.env.test,false",
    "/out/debug/app,~/.netrc,true",
    "/out/debug/build/evil-0123456789abcdef/build-script-build,/project/.env,true",
    "/opt/rust/bin/rustc,/project/.env,true",
    "/usr/bin/cat,/project/.env,true"
  })
  void programMayReadTheSettingsOfItsProjectAndNobodyElse(
      String program, String decoy, boolean grave) {
    Origin origin =
        new Origin(Optional.of("app"), Optional.of("0.1.0"), Optional.of(program), List.of());

    assertThat(ViolationReport.isGrave(violation(Kind.DECOY_OPENED, decoy, origin, 1)))
        .isEqualTo(grave);
    assertThat(ViolationReport.isGrave(violation(Kind.DECOY_VALUE, decoy, origin, 1))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "DECOY_OPENED,x,true",
    "DECOY_VALUE,x,true",
    "KEYRING,x,true",
    "SOCKET,AF_VSOCK,true",
    "SOCKET,AF_INET,false",
    "CONNECT,x,false",
    "TRACE,x,false",
    "KERNEL,x,false",
    "WRITE_ATTEMPT,x,false",
    "LIMIT,x,false",
    "GATE_REFUSAL,x,false"
  })
  void whatNoHonestBuildDoesIsGrave(Kind kind, String resource, boolean grave) {
    assertThat(ViolationReport.isGrave(violation(kind, resource, Origin.UNKNOWN, 1)))
        .isEqualTo(grave);
  }

  @Test
  void codeIsTheCommandsOwnUnlessItWasStopped() {
    assertThat(code(true, new Ending.Exited(0), new Ending.Exited(101))).isEqualTo(101);
    assertThat(code(true, new Ending.Exited(124))).isEqualTo(124);
    assertThat(code(true, new Ending.Stopped("the time"))).isEqualTo(124);
    SandboxReport stopped = report(new Ending.Stopped("the time"));
    assertThat(ViolationReport.code(stopped, ExitCode.VIOLATION).code()).isEqualTo(7);
    assertThat(ViolationReport.endedWell(report(new Ending.Exited(0)))).isTrue();
    assertThat(ViolationReport.endedWell(report(new Ending.Stopped("the time")))).isFalse();
  }

  @Test
  void commandThatWasNotRunHasACodeOfItsOwn() {
    assertThat(code(false)).isZero();
    assertThat(code(false, new Ending.Exited(0))).isZero();
    assertThat(code(false, new Ending.Exited(101))).isEqualTo(125);
    assertThat(code(false, new Ending.Stopped("the time"))).isEqualTo(125);
    assertThat(ViolationReport.cause(report(new Ending.Exited(101))))
        .isEqualTo("cargo ended with code 101");
  }

  private static int code(boolean ran, Ending... endings) {
    List<SandboxReport> reports = Stream.of(endings).map(ViolationReportTest::report).toList();
    return ViolationReport.code(reports, SandboxLayout.ClaimedFolder.NOTHING, ran).code();
  }

  private static SandboxReport report(Ending ending) {
    return new SandboxReport(ending, List.of(), List.of(), Duration.ofSeconds(1));
  }
}

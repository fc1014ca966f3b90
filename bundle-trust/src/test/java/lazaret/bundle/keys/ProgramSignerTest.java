package lazaret.bundle.keys;

import static lazaret.bundle.keys.KeyFileTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import lazaret.bundle.command.OperatorProgram;
import lazaret.bundle.trust.TestStream;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Signing programs, honest and malicious. The honest one is [DeviceProgram] in another JVM.
class ProgramSignerTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private Path honest = Path.of("");

  @BeforeEach
  void start() throws IOException {
    honest =
        script(
            "honest",
            "exec '%s/bin/java' -XX:TieredStopAtLevel=1 -Xshare:auto -cp '%s' %s \"$@\""
                .formatted(
                    System.getProperty("java.home"),
                    System.getProperty("java.class.path"),
                    DeviceProgram.class.getName()));
  }

  private Path script(String name, String body) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  private ProgramSigner signer(String body) throws IOException {
    return signer(body, LONG);
  }

  private ProgramSigner signer(String body, Duration timeout) throws IOException {
    OperatorProgram command =
        ProgramSigner.command(List.of(script("program", body).toString()), timeout);
    return new ProgramSigner("ann", command, TestStream.pair("ann").publicPair().classical());
  }

  @Test
  void aProgramThatHasKeysSignsLikeAFile() throws IOException {
    OperatorProgram command = ProgramSigner.command(List.of(honest.toString(), "ann"), LONG);
    KeyFile.ofCommand("ann", command, new SecureRandom()).write(folder);

    KeyFile file = KeyFile.read(folder.resolve("ann.key.json"));
    assertThat(file.isElsewhere()).isTrue();
    assertThat(file.publicPair()).isEqualTo(TestStream.pair("ann").publicPair());
    for (SigningKey key : file.open(_ -> new char[0])) {
      Bytes message = Bytes.utf8("{\"a\":1}");
      assertThat(key.publicKey().verifies(message, key.sign(message))).isTrue();
    }
  }

  @Test
  void aProgramWithOtherKeysThanItsFileIsFoundOut() throws IOException {
    OperatorProgram command = ProgramSigner.command(List.of(honest.toString(), "eve"), LONG);
    var signer = new ProgramSigner("ann", command, TestStream.pair("ann").publicPair().classical());

    assertThat(refused(() -> signer.sign(Bytes.utf8("{}"))))
        .hasMessageContaining("is not a signature of its ed25519 key");
  }

  @Test
  void aProgramThatOnlyShowsPublicKeysIsNotTaken() throws IOException {
    OperatorProgram command =
        ProgramSigner.command(List.of(honest.toString(), "ann", "mute"), LONG);

    assertThat(refused(() -> KeyFile.ofCommand("ann", command, new SecureRandom())))
        .hasMessageContaining("is not a signature");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo '{\"signature\":\"00\"}'",
        "echo '{\"signature\":\"\"}'",
        "echo '{\"signature\":7}'",
        "echo '{\"signature\":\"ZZ\"}'",
        "echo '{}'",
      })
  void anAnswerThatIsNoSignatureIsRefused(String body) throws IOException {
    ProgramSigner signer = signer(body);

    assertThat(refused(() -> signer.sign(Bytes.utf8("{}"))))
        .hasMessageContaining("is not a signature of its ed25519 key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "sleep 5 & exit 0",
        "echo no json",
        "echo '[]'",
        "echo '{\"signature\":\"00\"} {}'"
      })
  void anAnswerThatIsNoDocumentIsRefused(String body) throws IOException {
    ProgramSigner signer = signer(body);

    assertThat(refused(() -> signer.sign(Bytes.utf8("{}"))))
        .hasMessageContaining("cannot sign with 'ann'")
        .hasMessageContaining("the output of ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 600",
        "exec >&-; sleep 600",
        "trap '' TERM; while true; do sleep 600; done",
      })
  void aProgramThatDoesNotAnswerIsEnded(String body) throws IOException {
    ProgramSigner signer = signer(body, SHORT);

    assertThat(refused(() -> signer.sign(Bytes.utf8("{}"))))
        .hasMessageContaining("did not finish within 1 seconds");
  }

  /// The output of a child process that the program left behind is ignored.
  @Test
  void aChildThatIsLeftBehindDoesNotHoldUs() throws IOException {
    ProgramSigner signer = signer("sleep 60 & exit 0", SHORT);

    refused(() -> signer.sign(Bytes.utf8("{}")));
  }

  @Test
  void aProgramThatDoesNotReadDoesNotHoldUs() throws IOException {
    ProgramSigner signer = signer("echo '{}'");

    assertThat(refused(() -> signer.sign(Bytes.of(new byte[1 << 20]))))
        .hasMessageContaining("is not a signature");
  }

  @Test
  void aProgramThatFloodsIsEnded() throws IOException {
    ProgramSigner signer = signer("exec yes");

    assertThat(refused(() -> signer.sign(Bytes.utf8("{}"))))
        .hasMessageContaining("printed more than 65536 bytes");
  }

  @Test
  void whatAFailingProgramSaysIsPrintedHarmlessly() throws IOException {
    ProgramSigner signer = signer("printf 'no card\\033[2J' >&2; exit 3");

    assertThat(refused(() -> signer.sign(Bytes.utf8("{}"))))
        .hasMessageContaining("ended with 3: no card?[2J");
  }

  @Test
  void errorsWithoutEndDoNotHoldUs() throws IOException {
    ProgramSigner signer = signer("yes >&2 & sleep 0.2; kill $!; exit 4");

    assertThat(refused(() -> signer.sign(Bytes.utf8("{}")))).hasMessageContaining("ended with 4");
  }

  @Test
  void aProgramThatIsNotThereIsSaid() {
    OperatorProgram command =
        ProgramSigner.command(List.of(folder.resolve("none").toString()), SHORT);
    var signer = new ProgramSigner("ann", command, TestStream.pair("ann").publicPair().classical());

    assertThat(refused(() -> signer.sign(Bytes.utf8("{}")))).hasMessageContaining("cannot be run");
  }

  @Test
  void aProgramIsNamedByOneAbsolutePath() {
    assertThat(refused(() -> ProgramSigner.command(List.of("sh"), SHORT)))
        .hasMessageContaining("absolute path, found 'sh'");
    refused(() -> ProgramSigner.command(List.of(), SHORT));
    refused(() -> ProgramSigner.command(List.of("/bin/\0sh"), SHORT));
    refused(() -> ProgramSigner.command(List.of("/bin/sh"), Duration.ofHours(1)));
  }

  @Test
  void aFileThatOthersMayWriteNamesNoProgram() throws IOException {
    OperatorProgram command = ProgramSigner.command(List.of(honest.toString(), "ann"), LONG);
    KeyFile.ofCommand("ann", command, new SecureRandom()).write(folder);
    Path file = folder.resolve("ann.key.json");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

    assertThat(refused(() -> KeyFile.read(file))).hasMessageContaining("chmod 600");
  }
}

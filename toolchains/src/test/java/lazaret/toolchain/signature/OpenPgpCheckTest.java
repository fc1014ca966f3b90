package lazaret.toolchain.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lazaret.testkit.Mutator;
import lazaret.testkit.OpenPgpSigner;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenPgpCheckTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final Bytes DOCUMENT = Bytes.utf8("manifest-version = \"2\"\n");
  private static final OpenPgpSigner SIGNER = OpenPgpSigner.ed25519(CREATED);

  private static OpenPgpCheck check(OpenPgpSigner signer) {
    return new OpenPgpCheck(PinnedKeys.read(signer.publicKey()));
  }

  private static void refuses(Bytes document, Bytes signature, String why) {
    assertThatThrownBy(() -> check(SIGNER).verify(document, signature, NOW))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(ints = {OpenPgpSigner.SHA256, OpenPgpSigner.SHA512})
  void acceptsSignaturesOfPinnedKeys(int digest) {
    for (OpenPgpSigner signer : List.of(SIGNER, OpenPgpSigner.rsa(3_072, CREATED))) {
      Bytes signature = signer.sign(DOCUMENT, NOW.minusSeconds(60), digest, new byte[0]);

      OpenPgpCheck.Signed signed = check(signer).verify(DOCUMENT, signature, NOW);

      assertThat(signed.at()).isEqualTo(NOW.minusSeconds(60));
      assertThat(signed.key().fingerprint()).isEqualTo(signer.fingerprint());
      assertThat(signed.key().packet()).isEqualTo(signer.packet());
    }
  }

  @Test
  void refusesOtherBytesAndOtherKeys() {
    refuses(Bytes.utf8("manifest-version = \"3\"\n"), SIGNER.sign(DOCUMENT, NOW), "not those that");
    refuses(
        DOCUMENT,
        OpenPgpSigner.ed25519(CREATED.plusSeconds(1)).sign(DOCUMENT, NOW),
        "expected a key of [" + SIGNER.fingerprint() + "]");
  }

  @Test
  void refusesWeakDigests() {
    Bytes weak = SIGNER.sign(DOCUMENT, NOW, OpenPgpSigner.SHA1, new byte[0]);
    refuses(DOCUMENT, weak, "found the digest 2");
  }

  @Test
  void refusesSignaturesOfTheFuture() {
    refuses(DOCUMENT, SIGNER.sign(DOCUMENT, NOW.plusSeconds(7_200)), "in the future");
  }

  @Test
  void refusesPartsThatItDoesNotEvaluate() {
    byte[] critical = {2, (byte) (0x80 | 100), 0};
    byte[] expires = {5, 3, 0, 0, 1, 0};
    refuses(
        DOCUMENT,
        SIGNER.sign(DOCUMENT, NOW, OpenPgpSigner.SHA256, critical),
        "critical part of the type 100");
    refuses(DOCUMENT, SIGNER.sign(DOCUMENT, NOW, OpenPgpSigner.SHA256, expires), "it expires");
  }

  @Test
  void refusesSeveralSignaturesAndTextAroundOne() {
    byte[] one =
        OpenPgpSigner.framed(2, SIGNER.body(DOCUMENT, NOW, OpenPgpSigner.SHA256, new byte[0]));
    byte[] two = new byte[2 * one.length];
    System.arraycopy(one, 0, two, 0, one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    String armored = SIGNER.sign(DOCUMENT, NOW).text();

    refuses(DOCUMENT, OpenPgpSigner.armored("SIGNATURE", two), "found 2 packets");
    refuses(DOCUMENT, Bytes.utf8(armored + armored), "one armored signature");
    refuses(DOCUMENT, Bytes.utf8("read this\n" + armored), "one armored signature");
    refuses(DOCUMENT, Bytes.EMPTY, "one armored signature");
    refuses(DOCUMENT, Bytes.of(new byte[OpenPgpCheck.MAX_BYTES + 1]), "at most");
  }

  @Test
  void refusesVersionsWhoseLengthsHave32Bits() {
    byte[] body = SIGNER.body(DOCUMENT, NOW, OpenPgpSigner.SHA256, new byte[0]);
    body[0] = 6;
    refuses(
        DOCUMENT,
        OpenPgpSigner.armored("SIGNATURE", OpenPgpSigner.framed(2, body)),
        "expected the version 4");
  }

  @Test
  void refusesShortKeys() {
    Bytes file = OpenPgpSigner.rsa(2_048, CREATED).publicKey();
    assertThatThrownBy(() -> PinnedKeys.read(file))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected RSA of at least 3072 bits, found 2048");
  }

  @Test
  void mutatedSignaturesAreRefusedAndNothingElseIsThrown() {
    byte[] body = SIGNER.body(DOCUMENT, NOW, OpenPgpSigner.SHA256, new byte[0]);
    Mutator mutator = new Mutator(22);
    OpenPgpCheck check = check(SIGNER);
    for (int round = Mutator.rounds(2_000); round > 0; round--) {
      byte[] mutated = mutator.mutate(body);
      Bytes signature = OpenPgpSigner.armored("SIGNATURE", OpenPgpSigner.framed(2, mutated));
      try {
        OpenPgpCheck.Signed signed = check.verify(DOCUMENT, signature, NOW);
        // Parts that are not signed may differ: the two octets of the digest, for example.
        assertThat(signed.at()).isEqualTo(NOW);
      } catch (MalformedException e) {
        assertThat(e).hasMessageStartingWith("cannot ");
      }
    }
  }

  @Test
  void mutatedKeysAreRefusedOrReadAndNothingElseIsThrown() {
    byte[] packet = SIGNER.packet().array();
    Mutator mutator = new Mutator(23);
    for (int round = Mutator.rounds(2_000); round > 0; round--) {
      Bytes mutated = Bytes.of(mutator.mutate(packet));
      try {
        assertThat(PinnedKey.of(mutated).packet()).isEqualTo(mutated);
      } catch (MalformedException e) {
        assertThat(e).hasMessageStartingWith("cannot ");
      }
    }
  }

  @Test
  void builtInKeyIsTheOneOfTheRustProject() {
    PinnedKeys rust = PinnedKeys.ofRust();

    assertThat(rust.keys())
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.fingerprint()).isEqualTo("c13466b7e169a085188632165cb4a9347b3b09dc");
              assertThat(key.isRsa()).isTrue();
            });
    assertThat(rust.only(PinnedKeys.RUST_FINGERPRINT, Sha256.of(Bytes.EMPTY)).keys()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa3072", "ed25519"})
  void acceptsSignaturesOfGnuPg(String algorithm, @TempDir Path home) throws Exception {
    assumeTrue(hasGpg(), "gpg is not installed");
    gpg(home, "--quick-generate-key", "test <test@example.org>", algorithm, "sign", "never");
    Path document = Files.write(home.resolve("document"), DOCUMENT.array());
    String signed = home.resolve("s.asc").toString();
    gpg(home, "--armor", "--detach-sign", "--output", signed, document.toString());
    gpg(home, "--armor", "--export", "--output", home.resolve("k.asc").toString());
    Bytes signature = Bytes.of(Files.readAllBytes(home.resolve("s.asc")));
    OpenPgpCheck check =
        new OpenPgpCheck(PinnedKeys.read(Bytes.of(Files.readAllBytes(home.resolve("k.asc")))));

    assertThat(check.verify(DOCUMENT, signature, Instant.now()).key().fingerprint()).hasSize(40);
    assertThatThrownBy(() -> check.verify(Bytes.EMPTY, signature, Instant.now()))
        .isInstanceOf(MalformedException.class);
  }

  private static boolean hasGpg() {
    return Files.isExecutable(Path.of("/usr/bin/gpg"));
  }

  private static void gpg(Path home, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/gpg", "--batch", "--yes"));
    command.addAll(List.of("--passphrase", "", "--pinentry-mode", "loopback"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("GNUPGHOME", home.toString());
    Path output = home.resolve("output");
    Process process = builder.redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }
}

package lazaret.bundle.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.TufKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pkcs11KeyTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  @TempDir Path folder;

  private static String run(SoftHsm module, String operation, String slot, String... rest)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of(operation, SoftHsm.library().toString(), slot));
    arguments.addAll(List.of(rest));
    return String.join("\n", module.java(Pkcs11Child.class, arguments.toArray(String[]::new)));
  }

  @Test
  @Tag("ci")
  void keySignsInItsToken() throws IOException, InterruptedException {
    SoftHsm.library();
    SoftHsm module = new SoftHsm(folder);
    module.token("lazaret");

    String id = run(module, "create", "0", "officer-1", SoftHsm.PIN);

    assertThat(id).matches("[0-9a-f]{64}");
    assertThat(run(module, "open", "0", "officer-1", SoftHsm.PIN)).isEqualTo(id);
    assertThat(run(module, "sign", "0", "officer-1", SoftHsm.PIN)).isEqualTo("verifies: true");
    assertThat(run(module, "create", "0", "officer-1", SoftHsm.PIN))
        .startsWith("key-unusable: ")
        .endsWith("a key of that label already; use it with --existing, or another label");
    assertThat(run(module, "create", "0", "officer-2", SoftHsm.PIN)).isNotEqualTo(id);
  }

  @Test
  @Tag("ci")
  void refusalsNameTheirCause() throws IOException, InterruptedException {
    SoftHsm.library();
    SoftHsm module = new SoftHsm(folder);
    module.token("lazaret");
    var _ = run(module, "create", "0", "officer-1", SoftHsm.PIN);

    assertThat(run(module, "open", "0", "officer-1", "000000"))
        .startsWith("key-unusable: cannot use the key 'officer-1' in slot 0 of ")
        .contains("the PIN is wrong, and was tried once", "CKR_PIN_INCORRECT")
        .doesNotContain("null");
    assertThat(run(module, "open", "0", "nobody", SoftHsm.PIN))
        .contains("the token has no private key with a certificate of that label");
    assertThat(run(module, "open", "40", "officer-1", SoftHsm.PIN)).startsWith("key-unusable: ");
    // The module may keep the key in memory; it must not print a signature of another one.
    assertThat(
            run(
                module,
                "removed",
                "0",
                "officer-1",
                SoftHsm.PIN,
                folder.resolve("tokens").toString()))
        .matches("(?s)key-unusable: .*|[0-9a-f]+");
    assertThat(run(module, "open", "0", "officer-1", SoftHsm.PIN)).startsWith("key-unusable: ");
  }

  @Test
  @Tag("ci")
  void tokensHaveKeysOfTheirOwn() throws IOException, InterruptedException {
    SoftHsm.library();
    SoftHsm module = new SoftHsm(folder);
    module.token("one");
    module.token("two");
    String first = run(module, "create", "0", "officer", SoftHsm.PIN);
    String second = run(module, "create", "1", "officer", SoftHsm.PIN);

    assertThat(first).isNotEqualTo(second);
    assertThat(run(module, "open", "0", "officer", SoftHsm.PIN)).isEqualTo(first);
    assertThat(run(module, "open", "1", "officer", SoftHsm.PIN)).isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource({
    "libsofthsm2.so, 0, a",
    "/usr/lib/../lib/x.so, 0, a",
    "'/usr/lib/x.so\nattributes = compatibility', 0, a",
    "/usr/lib/x.so, -1, a",
    "/usr/lib/x.so, 64, a",
    "/usr/lib/x.so, 0, ''",
    "/usr/lib/x.so, 0, 'a b'",
    "'/usr/lib/${user.home}/x.so', 0, a"
  })
  void settingsThatTheProviderWouldReadOtherwiseAreRefused(String library, int slot, String label) {
    assertThatThrownBy(() -> new Pkcs11Settings(library, slot, label))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("cannot use a key in a hardware module: ");
  }

  @Test
  void missingDriverIsRefused() {
    assertThatThrownBy(
            () ->
                Pkcs11Key.open(
                    new Pkcs11Settings("/nonexistent/driver.so", 0, "a"), "0000".toCharArray()))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("cannot use the key 'a' in slot 0 of /nonexistent/driver.so: ");
  }

  @Test
  void certificateIsOfItsOwnKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();

    var certificate =
        (X509Certificate)
            SelfSignedCertificate.of(
                "officer-1",
                pair.getPublic(),
                NOW,
                message -> {
                  Signature signer = Signature.getInstance("SHA256withECDSA");
                  signer.initSign(pair.getPrivate());
                  signer.update(message);
                  return signer.sign();
                });

    certificate.verify(pair.getPublic());
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=officer-1");
    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(NOW);
    assertThat(certificate.getNotAfter().toInstant())
        .isEqualTo(Instant.parse("2126-11-30T12:00:00Z"));
    assertThat(TufKey.ecdsaP256(certificate.getPublicKey().getEncoded()).isP256()).isTrue();
  }
}

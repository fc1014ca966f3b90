package lazaret.bundle.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.bundle.BundleException;
import lazaret.bundle.hardware.Pkcs11Settings;
import lazaret.bundle.trust.BundleMetadataRule;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.trust.TestStream;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SigningAuthority;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Officers whose classical key is in a hardware module; here it is in the JDK.
class HardwareKeyFileTest {
  private static final Pkcs11Settings DEVICE =
      new Pkcs11Settings("/usr/lib/softhsm/libsofthsm2.so", 3, "officer-1");
  private static final EcdsaKey CLASSICAL = EcdsaKey.create();

  @TempDir Path folder;

  /// A key of the scheme that hardware modules have.
  private record EcdsaKey(KeyPair pair, TufKey publicKey) implements SigningKey {
    static EcdsaKey create() {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        return new EcdsaKey(pair, TufKey.ecdsaP256(pair.getPublic().getEncoded()));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String sign(Bytes canonical) {
      try {
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(pair.getPrivate());
        signer.update(canonical.array());
        return HexFormat.of().formatHex(signer.sign());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static KeyFile file() {
    return KeyFile.ofDevice("ann", DEVICE, CLASSICAL, KeyFileTest.PASSPHRASE.toCharArray());
  }

  @Test
  void pinComesFromItsOwnFile() throws IOException {
    Path pin = Files.writeString(folder.resolve("pin"), "123456\n");
    PassphraseSource keys =
        PassphraseSource.ofFile(Files.writeString(folder.resolve("passphrase"), "of the file\n"));
    PassphraseSource both =
        keys.withPinOf(Map.of(PassphraseSource.PIN_FILE_VARIABLE, pin.toString()));

    assertThat(both.pin("ann")).isEqualTo("123456".toCharArray());
    assertThat(both.passphrase("ann")).isEqualTo("of the file".toCharArray());
    assertThat(keys.withPinOf(Map.of())).isSameAs(keys);
  }

  @Test
  void passphraseIsNeverSentAsAPin() throws IOException {
    Path file = Files.writeString(folder.resolve("passphrase"), KeyFileTest.PASSPHRASE + "\n");
    Path empty = Files.writeString(folder.resolve("pin"), "\n");
    Map<String, String> environment = Map.of(PassphraseSource.VARIABLE, KeyFileTest.PASSPHRASE);

    for (PassphraseSource source :
        List.of(
            PassphraseSource.ofFile(file),
            PassphraseSource.ofEnvironment(environment),
            KeyFileTest.typed(KeyFileTest.PASSPHRASE))) {
      assertThat(source.passphrase("ann")).isEqualTo(KeyFileTest.PASSPHRASE.toCharArray());
      assertThatThrownBy(() -> file().open(source))
          .isInstanceOf(BundleException.class)
          .hasMessage(
              "cannot open the key 'ann': no PIN of its token; set LAZARET_PIN_FILE to a file with"
                  + " it");
      assertThatThrownBy(
              () ->
                  source
                      .withPinOf(Map.of(PassphraseSource.PIN_FILE_VARIABLE, empty.toString()))
                      .pin("ann"))
          .hasMessageEndingWith("its first line is empty");
    }
  }

  @Test
  void tokenIsAskedOnceForAKeyThatFails() {
    file().write(folder);
    AtomicInteger asked = new AtomicInteger();
    PassphraseSource source =
        new PassphraseSource() {
          @Override
          public char[] passphrase(String key) {
            return KeyFileTest.PASSPHRASE.toCharArray();
          }

          @Override
          public char[] pin(String key) {
            asked.incrementAndGet();
            return "000000".toCharArray();
          }
        };
    KeyFolder keys = KeyFolder.open(folder, source, Clock.systemUTC());

    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> keys.open(keys.files().values()))
          .isInstanceOf(BundleException.class)
          .hasMessageContaining("slot 3");
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void fileNamesTheDeviceAndHasTheOtherKey() {
    KeyFile file = file();
    KeyFile read = KeyFile.parse(file.file(), "ann.key.json");

    assertThat(read.file()).isEqualTo(file.file());
    assertThat(read.publicKeys()).extracting("type").containsExactly("ecdsa", "ml-dsa");
    assertThat(file.file().text())
        .contains(
            "\"pkcs11\":{\"label\":\"officer-1\","
                + "\"library\":\"/usr/lib/softhsm/libsofthsm2.so\",\"slot\":3}");
    assertThat(PublicPair.parse(file.publicFile(), "it")).isEqualTo(file.publicPair());
    assertThat(file.publicFile().text()).contains("\"ecdsa\":").doesNotContain("ed25519");
    assertThat(file.isElsewhere()).isFalse();
  }

  @Test
  void changedPlaceOfTheKeyIsFound() {
    Bytes changed = Bytes.utf8(file().file().text().replace("\"slot\":3", "\"slot\":4"));

    assertThatThrownBy(
            () ->
                KeyFile.parse(changed, "ann.key.json")
                    .open(KeyFileTest.typed(KeyFileTest.PASSPHRASE)))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("the passphrase is wrong, or the file was changed");
  }

  @Test
  void fileThatOthersCanWriteIsRefused() throws IOException {
    file().write(folder);
    Path path = folder.resolve("ann" + KeyFile.SUFFIX);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));

    assertThatThrownBy(() -> KeyFile.read(path))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("other users can write it");
  }

  @Test
  void decisionKeyIsNotInADevice() {
    assertThatThrownBy(
            () ->
                KeyFile.ofDevice(
                    KeyFile.DECISIONS, DEVICE, CLASSICAL, KeyFileTest.PASSPHRASE.toCharArray()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("it is Ed25519");
  }

  /// A key that the module made before such a refusal would stay in it without files.
  @Test
  void refusalsComeBeforeTheModuleMakesAKey() {
    char[] passphrase = KeyFileTest.PASSPHRASE.toCharArray();
    KeyFile.checkDevice("ann", passphrase, folder);

    assertThatThrownBy(() -> KeyFile.checkDevice("ann", "short".toCharArray(), folder))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("the passphrase needs 12 to 1024 characters");
    assertThatThrownBy(() -> KeyFile.checkDevice(KeyFile.DECISIONS, passphrase, folder))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("it is Ed25519");
    file().write(folder);
    assertThatThrownBy(() -> KeyFile.checkDevice("ann", passphrase, folder))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("it exists, and is never overwritten");
  }

  @Test
  void officerCountsWithBothKeysOnly() {
    SigningKey mlDsa = SigningKey.mlDsa(TestStream.seed("ann", 2));
    PublicPair ann = new PublicPair("ann", CLASSICAL.publicKey(), mlDsa.publicKey());
    RootPlan before = TestStream.ofThree().plan;
    RootPlan plan =
        new RootPlan(
            before.stream(),
            1,
            before.expires(),
            Map.of("ann", ann),
            Map.of(
                Roles.ROOT, duty(),
                Roles.TARGETS, duty(),
                Roles.SNAPSHOT, duty(),
                Roles.TIMESTAMP, duty()),
            before.decisionKeys());
    Metadata.Root root = plan.root(1);

    assertThat(RootPlan.of(root)).isEqualTo(plan);
    assertThat(RootPolicy.of(root).pairs()).containsOnlyKeys("ann");
    assertThat(isTrusted(root, List.of(CLASSICAL, mlDsa))).isTrue();
    assertThat(isTrusted(root, List.of(CLASSICAL))).isFalse();
    assertThat(isTrusted(root, List.of(mlDsa))).isFalse();
    assertThat(isTrusted(root, List.of(EcdsaKey.create(), mlDsa))).isFalse();
  }

  private static RootPlan.Duty duty() {
    return new RootPlan.Duty(Set.of("ann"), 1);
  }

  private static boolean isTrusted(Metadata.Root root, List<SigningKey> keys) {
    Bytes file = MetadataWriter.file(MetadataWriter.signed(root), keys);
    var signed = MetadataReader.root(file);
    Set<String> good = new HashSet<>();
    keys.stream()
        .map(SigningKey::publicKey)
        .filter(key -> key.equals(root.keys().get(key.id())))
        .forEach(key -> good.add(key.id()));
    try {
      new BundleMetadataRule(TestStream.NOW)
          .trusted(signed, SigningAuthority.of(root, Roles.ROOT), good);
      return true;
    } catch (BundleException _) {
      return false;
    }
  }
}

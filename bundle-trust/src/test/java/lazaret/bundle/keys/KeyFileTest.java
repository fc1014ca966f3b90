package lazaret.bundle.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class KeyFileTest {
  public static final EncryptedSeeds.Cost CHEAP = new EncryptedSeeds.Cost(8 << 10, 1, 1);
  public static final String PASSPHRASE = "correct horse battery";

  @TempDir Path folder;

  public static KeyFile cheap(String name) {
    return KeyFile.create(name, PASSPHRASE.toCharArray(), CHEAP, new SecureRandom());
  }

  public static PassphraseSource typed(String passphrase) {
    return _ -> passphrase.toCharArray();
  }

  public static BundleException refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    BundleException refusal = catchThrowableOfType(BundleException.class, work);
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(BundleCode.KEY_UNUSABLE);
    return refusal;
  }

  @Test
  void opensWithItsPassphraseAndSignsWithBothKeys() {
    KeyFile file = KeyFile.parse(cheap("ann").file(), "ann.key.json");
    List<SigningKey> keys = file.open(typed(PASSPHRASE));

    Bytes message = Bytes.utf8("{}");
    assertThat(keys).hasSize(2);
    for (int i = 0; i < keys.size(); i++) {
      assertThat(file.publicKeys().get(i).verifies(message, keys.get(i).sign(message))).isTrue();
    }
    assertThat(file.publicKeys()).extracting("type").containsExactly("ed25519", "ml-dsa");
    assertThat(PublicPair.parse(file.publicFile(), "it")).isEqualTo(file.publicPair());
  }

  @Test
  void theUsualCostIsTheRecommendedOneAndOpens() {
    KeyFile file = KeyFile.create("ann", PASSPHRASE.toCharArray(), new SecureRandom());

    assertThat(file.file().text())
        .contains("\"memory_kib\":65536", "\"passes\":3", "\"lanes\":4", "argon2id");
    assertThat(file.open(typed(PASSPHRASE))).hasSize(2);
  }

  @Test
  void theKeyOfDecisionsIsOne() {
    KeyFile file = cheap(KeyFile.DECISIONS);

    assertThat(file.open(typed(PASSPHRASE))).hasSize(1);
    assertThat(DecisionKey.parse(file.publicFile(), "it").key())
        .isEqualTo(file.publicKeys().getFirst());
  }

  @Test
  void aWrongPassphraseIsSaid() {
    BundleException refusal = refused(() -> cheap("ann").open(typed("correct horse battery!")));

    assertThat(refusal)
        .hasMessageContaining("cannot open the key 'ann'")
        .hasMessageContaining("the passphrase is wrong")
        .hasMessageNotContaining("horse");
  }

  @Test
  void aShortPassphraseIsRefused() {
    assertThat(refused(() -> KeyFile.create("ann", "elevenchars".toCharArray(), rnd())))
        .hasMessageContaining("12 to 1024 characters");
  }

  private static SecureRandom rnd() {
    return new SecureRandom();
  }

  @Test
  void thePassphraseIsWipedAndNothingPrintsASecret() {
    List<char[]> given = new ArrayList<>();
    KeyFile file = cheap("ann");
    List<SigningKey> keys =
        file.open(
            _ -> {
              given.add(PASSPHRASE.toCharArray());
              return given.getLast();
            });

    assertThat(given).hasSize(1);
    assertThat(given.getFirst()).containsOnly('\0');
    assertThat(file.toString()).contains("ann").doesNotContain("sealed", "secret");
    assertThat(keys.toString()).doesNotContain("horse");
  }

  /// A file with any changed byte does not open.
  @Test
  void noByteOfItCanBeChanged() {
    byte[] whole = cheap("ann").file().array();
    int from = new String(whole, java.nio.charset.StandardCharsets.US_ASCII).indexOf("\"secret\"");
    for (int i = 0; i < whole.length; i++) {
      // The ML-DSA key alone has 2,600 equivalent characters, so a sample is tested.
      if (i > 400 && i < from - 100 && i % 97 != 0) {
        continue;
      }
      byte[] changed = Arrays.copyOf(whole, whole.length);
      changed[i] ^= 1;
      refused(() -> KeyFile.parse(Bytes.of(changed), "it").open(typed(PASSPHRASE)));
    }
  }

  @Test
  void noBeginningOfItIsAKeyFile() {
    byte[] whole = cheap("ann").file().array();
    for (int length = 0; length < whole.length; length += 7) {
      Bytes cut = Bytes.copyOf(whole, 0, length);
      refused(() -> KeyFile.parse(cut, "it"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'memory_kib':8192|'memory_kib':1073741824",
        "'memory_kib':8192|'memory_kib':131073",
        "'memory_kib':8192|'memory_kib':8",
        "'memory_kib':8192|'memory_kib':-1",
        "'memory_kib':8192|'memory_kib':9223372036854775807",
        "'passes':1|'passes':2000000000",
        "'passes':1|'passes':0",
        "'lanes':1|'lanes':16777215",
        "'kdf':'argon2id'|'kdf':'none'",
        "'cipher':'aes-256-gcm'|'cipher':'none'",
        "'format':'lazaret-key/1'|'format':'lazaret-key/2'",
        "'name':'ann'|'name':'../ann'",
        "'name':'ann'|'more':1,'name':'ann'",
      })
  void hostileHeadersAreRefusedBeforeAnythingIsSpent(String from, String to) {
    String text = cheap("ann").file().text().replace('"', '\'');
    assertThat(text).contains(from);
    Bytes changed = Bytes.utf8(text.replace(from, to).replace('\'', '"'));

    refused(() -> KeyFile.parse(changed, "it"));
  }

  @Test
  void isWrittenForItsOwnerAloneAndNeverOverwritten() throws IOException {
    Path keys = folder.resolve("keys");
    KeyFile first = cheap("ann");
    first.write(keys);

    Path file = keys.resolve("ann.key.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
        .isEqualTo("rwx------");
    assertThat(refused(() -> cheap("ann").write(keys))).hasMessageContaining("never overwritten");
    assertThat(KeyFile.read(file).publicKeys()).isEqualTo(first.publicKeys());
    try (Stream<Path> left = Files.list(keys)) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("ann.key.json", "ann.pub.json");
    }
  }

  @Test
  void aFileThatIsTooLongIsNotRead() throws IOException {
    Path file = Files.write(folder.resolve("x.key.json"), new byte[70_000]);

    assertThat(refused(() -> KeyFile.read(file))).hasMessageContaining("more than 65536 bytes");
  }

  @Test
  void passphrasesComeFromTheEnvironmentOrAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("pass"), "grün genug, dies\r\nsecond\n");

    assertThat(PassphraseSource.ofFile(file).passphrase("ann"))
        .isEqualTo("grün genug, dies".toCharArray());
    assertThat(
            PassphraseSource.ofEnvironment(Map.of("LAZARET_PASSPHRASE_FILE", file.toString()))
                .passphrase("ann"))
        .isEqualTo("grün genug, dies".toCharArray());
    assertThat(
            PassphraseSource.ofEnvironment(Map.of("LAZARET_PASSPHRASE", "here")).passphrase("ann"))
        .isEqualTo("here".toCharArray());
    assertThat(refused(() -> PassphraseSource.ofEnvironment(Map.of()).passphrase("ann")))
        .hasMessageContaining("set LAZARET_PASSPHRASE");
    assertThat(refused(() -> PassphraseSource.ofFile(folder.resolve("none")).passphrase("ann")))
        .hasMessageContaining("cannot read the passphrase");
  }
}

package lazaret.bundle.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.command.OperatorProgram;
import lazaret.bundle.hardware.Pkcs11Key;
import lazaret.bundle.hardware.Pkcs11Settings;
import lazaret.bundle.trust.Fingerprint;
import lazaret.bundle.trust.PublicKeyForms;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.bundle.tuf.JsonValue;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import org.jspecify.annotations.Nullable;

/// The private keys of one name in the file `NAME.key.json`. The file contains the keys encrypted
/// under a passphrase, or names a program that has them. Immutable; it contains no decrypted
/// secret.
public final class KeyFile {
  /// The name of the decision key, which no officer may have.
  public static final String DECISIONS = "decisions";

  /// The suffix of key files.
  public static final String SUFFIX = ".key.json";

  /// The suffix of files with public keys.
  public static final String PUBLIC_SUFFIX = ".pub.json";

  /// The fewest characters of a passphrase.
  static final int SHORTEST_PASSPHRASE = 12;

  /// The most characters of a passphrase.
  static final int LONGEST_PASSPHRASE = 1024;

  /// The order of key files by name.
  public static final Comparator<KeyFile> BY_NAME = Comparator.comparing(KeyFile::name);

  static final String FORMAT = "lazaret-key/1";
  private static final int LONGEST_FILE = 64 << 10;

  private final String name;
  private final List<TufKey> publicKeys;
  private final KeyCustody custody;

  private KeyFile(String name, List<TufKey> publicKeys, KeyCustody custody) {
    this.name = name;
    this.publicKeys = List.copyOf(publicKeys);
    this.custody = custody;
  }

  /// Makes new keys: a pair, or one key if the name is [#DECISIONS].
  ///
  /// @param name see [PublicPair]
  /// @param passphrase the passphrase; the array is not changed
  /// @param random the source of the seeds
  /// @throws BundleException `key-unusable` for a passphrase that is too short or too long,
  ///   `metadata-malformed` for a name that is not permitted
  public static KeyFile create(String name, char[] passphrase, SecureRandom random) {
    return create(name, passphrase, EncryptedSeeds.Cost.RECOMMENDED, random);
  }

  /// Creates a pair of keys, encrypted with a passphrase.
  public static KeyFile create(
      String name, char[] passphrase, EncryptedSeeds.Cost cost, SecureRandom random) {
    RootPolicy.checkName(name, "a key");
    checkLength(name, passphrase);
    byte[] seeds = new byte[seedsOf(name)];
    random.nextBytes(seeds);
    try {
      List<TufKey> keys = EncryptedSeeds.keys(seeds).stream().map(SigningKey::publicKey).toList();
      EncryptedSeeds.Head head = parameters -> head(name, keys, Map.of("secret", parameters));
      EncryptedSeeds sealed = EncryptedSeeds.seal(seeds, head, passphrase, cost, random);
      return new KeyFile(name, keys, new KeyCustody.StoredKeys(sealed));
    } finally {
      Arrays.fill(seeds, (byte) 0);
    }
  }

  /// Makes a key file for keys in a program. The program must state the public keys, and sign
  /// random data with each of them.
  ///
  /// @param name see [PublicPair]
  /// @param command see [ProgramSigner#command]
  /// @param random the source of the random data
  /// @throws BundleException `key-unusable` if the program fails this test
  public static KeyFile ofCommand(String name, OperatorProgram command, SecureRandom random) {
    RootPolicy.checkName(name, "a key");
    JsonFields answer = ProgramSigner.publicKeys(name, command);
    KeyCustody outside = new KeyCustody.ExternalKeys(command);
    KeyFile file =
        translated(
            "the output of %s".formatted(command.words().getFirst()),
            () -> new KeyFile(name, publicKeys(name, answer), outside));
    byte[] challenge = new byte[SigningKey.SEED_LENGTH];
    random.nextBytes(challenge);
    file.commanded(command).forEach(key -> key.sign(Bytes.of(challenge)));
    return file;
  }

  /// Makes a key file for a classical key in a hardware module, which signs random data, and a new
  /// post-quantum key in the file.
  ///
  /// @param passphrase the passphrase of the file; the array is not changed
  /// @throws BundleException `key-unusable` if the module does not sign, or for the decision key
  public static KeyFile ofDevice(
      String name, Pkcs11Settings device, SigningKey classical, char[] passphrase) {
    checkDevice(name, passphrase);
    SecureRandom random = new SecureRandom();
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    random.nextBytes(seed);
    classical.sign(Bytes.of(seed.clone()));
    random.nextBytes(seed);
    try {
      List<TufKey> keys = List.of(classical.publicKey(), SigningKey.mlDsa(seed).publicKey());
      EncryptedSeeds.Head head =
          parameters -> head(name, keys, KeyCustody.hardware(device, parameters));
      var sealed =
          EncryptedSeeds.seal(seed, head, passphrase, EncryptedSeeds.Cost.RECOMMENDED, random);
      return new KeyFile(name, keys, new KeyCustody.HardwareKeys(device, sealed));
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private static void checkDevice(String name, char[] passphrase) {
    RootPolicy.checkName(name, "a key");
    checkLength(name, passphrase);
    if (name.equals(DECISIONS)) {
      throw unusable("cannot make the decision key in a hardware module: it is Ed25519", null);
    }
  }

  /// Checks what the files of a key in a hardware module need, before the module makes the key. A
  /// later refusal would leave a key without files in it.
  ///
  /// @param folder the folder for the files
  /// @throws BundleException as [#ofDevice] and [#write] for these values
  public static void checkDevice(String name, char[] passphrase, Path folder) {
    checkDevice(name, passphrase);
    NewFiles.folder(folder);
    NewFiles.requireAbsent(folder.resolve(name + SUFFIX));
    NewFiles.requireAbsent(folder.resolve(name + PUBLIC_SUFFIX));
  }

  private static void checkLength(String name, char[] passphrase) {
    if (passphrase.length < SHORTEST_PASSPHRASE || passphrase.length > LONGEST_PASSPHRASE) {
      throw unusable(
          "cannot make the key '%s': the passphrase needs %d to %d characters"
              .formatted(name, SHORTEST_PASSPHRASE, LONGEST_PASSPHRASE),
          null);
    }
  }

  private static int seedsOf(String name) {
    return name.equals(DECISIONS) ? SigningKey.SEED_LENGTH : 2 * SigningKey.SEED_LENGTH;
  }

  /// Reads a key file from the disk.
  ///
  /// @throws BundleException `key-unusable` if it cannot be read or is malformed, or if it names a
  ///   program and others than its owner may write to it
  public static KeyFile read(Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST_FILE + 1);
      if (bytes.length > LONGEST_FILE) {
        throw unusable(
            "cannot use the key file %s: more than %d bytes".formatted(file, LONGEST_FILE), null);
      }
      KeyFile read = parse(Bytes.of(bytes), file.toString());
      if (read.custody.isForeign()) {
        NewFiles.refuseForeign(file);
      }
      return read;
    } catch (IOException e) {
      throw unusable("cannot read the key file %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /// Parses a key file.
  ///
  /// @param file the content
  /// @param what the name of the file, for messages
  /// @throws BundleException `key-unusable` if it is malformed
  public static KeyFile parse(Bytes file, String what) {
    return translated("the key file " + what, () -> parsed(file, what));
  }

  private static KeyFile parsed(Bytes file, String what) {
    JsonValue whole = JsonTreeReader.read(file, what);
    JsonFields fields = JsonFields.of(whole, what);
    if (!fields.text("format").equals(FORMAT)) {
      throw JsonFields.malformed(
          what,
          "expected the format '%s', found '%s'"
              .formatted(FORMAT, Excerpt.of(fields.text("format"))));
    }
    String name = RootPolicy.checkName(fields.text("name"), "a key");
    List<TufKey> keys = publicKeys(name, fields.object("public"));
    KeyFile read = new KeyFile(name, keys, KeyCustody.of(fields, seedsOf(name)));
    // Unknown fields are refused: the passphrase does not authenticate them.
    if (!read.file().equals(CanonicalJson.document(whole))) {
      throw JsonFields.malformed(what, "it has fields that a key file does not have");
    }
    return read;
  }

  private static List<TufKey> publicKeys(String name, JsonFields fields) {
    TufKey classical = PublicKeyForms.classical(fields);
    if (name.equals(DECISIONS)) {
      return List.of(DecisionKey.checked(classical));
    }
    TufKey mlDsa = PublicKeyForms.read(fields.object(PublicKeyForms.ML_DSA));
    return new PublicPair(name, classical, mlDsa).keys();
  }

  private interface Reading {
    KeyFile read();
  }

  private static KeyFile translated(String what, Reading reading) {
    try {
      return reading.read();
    } catch (BundleException e) {
      throw unusable("cannot use %s: %s".formatted(what, e.getMessage()), e);
    }
  }

  /// Returns the name of the keys.
  public String name() {
    return name;
  }

  /// Returns the public keys, the classical one first.
  public List<TufKey> publicKeys() {
    return publicKeys;
  }

  /// Returns the public pair.
  ///
  /// @throws IllegalStateException for the decision key, which is not a pair
  public PublicPair publicPair() {
    if (publicKeys.size() != 2) {
      throw new IllegalStateException("the key of decisions is not a pair");
    }
    return new PublicPair(name, publicKeys.getFirst(), publicKeys.getLast());
  }

  /// Returns the content of the public file, a [PublicPair] or [DecisionKey].
  public Bytes publicFile() {
    return name.equals(DECISIONS)
        ? new DecisionKey(publicKeys.getFirst()).file()
        : publicPair().file();
  }

  /// Returns the fingerprint that two persons compare by voice. The name is not part of it.
  public Fingerprint fingerprint() {
    return name.equals(DECISIONS)
        ? new DecisionKey(publicKeys.getFirst()).fingerprint()
        : publicPair().fingerprint();
  }

  /// Returns whether a program has the private keys, so that no passphrase is needed.
  public boolean isElsewhere() {
    return custody instanceof KeyCustody.ExternalKeys;
  }

  /// Opens the private keys, the classical one first.
  ///
  /// @param source the source of the passphrase, called once unless a program has the keys; also of
  ///   the PIN of a hardware module
  /// @throws BundleException `key-unusable` for a wrong passphrase or PIN, or a file that was
  ///   changed
  public List<SigningKey> open(PassphraseSource source) {
    return switch (custody) {
      case KeyCustody.ExternalKeys(OperatorProgram command) -> commanded(command);
      case KeyCustody.StoredKeys(EncryptedSeeds seeds) ->
          with(source.passphrase(name), typed -> opened(seeds, typed));
      case KeyCustody.HardwareKeys(Pkcs11Settings device, EncryptedSeeds seed) -> {
        SigningKey mlDsa = with(source.passphrase(name), typed -> opened(seed, typed)).getFirst();
        yield List.of(with(source.pin(name), typed -> device(device, typed)), mlDsa);
      }
    };
  }

  /// Applies a function to a secret, and clears it.
  private static <T> T with(char[] secret, Function<char[], T> use) {
    try {
      return use.apply(secret);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private SigningKey device(Pkcs11Settings device, char[] pin) {
    SigningKey key = Pkcs11Key.open(device, pin);
    if (!key.publicKey().isSameKeyAs(publicKeys.getFirst())) {
      throw unusable(
          "cannot open the key '%s': slot %d has another key of that label"
              .formatted(name, device.slot()),
          null);
    }
    return key;
  }

  private List<SigningKey> commanded(OperatorProgram command) {
    return publicKeys.stream()
        .<SigningKey>map(key -> new ProgramSigner(name, command, key))
        .toList();
  }

  private List<SigningKey> opened(EncryptedSeeds sealed, char[] passphrase) {
    if (passphrase.length > LONGEST_PASSPHRASE) {
      throw unusable(
          "cannot open the key '%s': the passphrase has more than %d characters"
              .formatted(name, LONGEST_PASSPHRASE),
          null);
    }
    EncryptedSeeds.Head head = parameters -> head(name, publicKeys, custody.with(parameters));
    byte[] seeds =
        sealed
            .open(head, passphrase)
            .orElseThrow(
                () ->
                    unusable(
                        ("cannot open the key '%s': the passphrase is wrong, or the file was"
                                + " changed")
                            .formatted(name),
                        null));
    try {
      List<SigningKey> keys =
          custody instanceof KeyCustody.HardwareKeys
              ? List.of(SigningKey.mlDsa(seeds))
              : EncryptedSeeds.keys(seeds);
      List<TufKey> halves = publicKeys.subList(publicKeys.size() - keys.size(), publicKeys.size());
      if (!keys.stream().map(SigningKey::publicKey).toList().equals(halves)) {
        throw unusable(
            "cannot open the key '%s': its public half is that of another key".formatted(name),
            null);
      }
      return keys;
    } finally {
      Arrays.fill(seeds, (byte) 0);
    }
  }

  /// Returns the content of the key file.
  public Bytes file() {
    return head(name, publicKeys, custody.form());
  }

  private static Bytes head(String name, List<TufKey> keys, Map<String, JsonValue> custody) {
    Map<String, JsonValue> fields = new HashMap<>(custody);
    Map<String, JsonValue> published = new HashMap<>();
    keys.forEach(key -> published.put(key.type(), key.form()));
    fields.put("format", PublicKeyForms.text(FORMAT));
    fields.put("name", PublicKeyForms.text(name));
    fields.put("public", PublicKeyForms.object(published));
    return CanonicalJson.document(PublicKeyForms.object(fields));
  }

  /// Writes `NAME.key.json`, readable by its owner only, and `NAME.pub.json`. Existing files are
  /// not overwritten.
  ///
  /// @param folder the folder, created if missing
  /// @throws BundleException `key-unusable` if a file cannot be written
  public void write(Path folder) {
    NewFiles.folder(folder);
    NewFiles.createPrivate(folder.resolve(name + SUFFIX), file(), folder);
    NewFiles.create(folder.resolve(name + PUBLIC_SUFFIX), publicFile(), folder);
  }

  /// Returns the name and the ids of the public keys.
  @Override
  public String toString() {
    return "key file of %s %s".formatted(name, publicKeys.stream().map(TufKey::id).toList());
  }

  private static BundleException unusable(String message, @Nullable Throwable cause) {
    return new BundleException(BundleCode.KEY_UNUSABLE, message, cause);
  }
}

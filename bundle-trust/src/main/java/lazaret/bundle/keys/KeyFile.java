package lazaret.bundle.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.command.OperatorProgram;
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
  public static final int SHORTEST_PASSPHRASE = 12;

  /// The most characters of a passphrase.
  public static final int LONGEST_PASSPHRASE = 1024;

  /// The order of key files by name.
  public static final Comparator<KeyFile> BY_NAME = Comparator.comparing(KeyFile::name);

  static final String FORMAT = "lazaret-key/1";
  private static final int LONGEST_FILE = 64 << 10;

  private final String name;
  private final List<TufKey> publicKeys;
  private final Custody custody;

  private KeyFile(String name, List<TufKey> publicKeys, Custody custody) {
    this.name = name;
    this.publicKeys = List.copyOf(publicKeys);
    this.custody = custody;
  }

  /// The location of the private keys.
  private sealed interface Custody {
    record StoredKeys(EncryptedSeeds seeds) implements Custody {}

    record ExternalKeys(OperatorProgram command) implements Custody {}
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
    if (passphrase.length < SHORTEST_PASSPHRASE || passphrase.length > LONGEST_PASSPHRASE) {
      throw unusable(
          "cannot make the key '%s': the passphrase needs %d to %d characters"
              .formatted(name, SHORTEST_PASSPHRASE, LONGEST_PASSPHRASE),
          null);
    }
    byte[] seeds = new byte[seedsOf(name)];
    random.nextBytes(seeds);
    try {
      List<TufKey> keys = keys(seeds).stream().map(SigningKey::publicKey).toList();
      EncryptedSeeds.Head head = parameters -> head(name, keys, Map.of("secret", parameters));
      EncryptedSeeds sealed = EncryptedSeeds.seal(seeds, head, passphrase, cost, random);
      return new KeyFile(name, keys, new Custody.StoredKeys(sealed));
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
    KeyFile file =
        translated(
            "the output of %s".formatted(command.words().getFirst()),
            () -> new KeyFile(name, publicKeys(name, answer), new Custody.ExternalKeys(command)));
    byte[] challenge = new byte[SigningKey.SEED_LENGTH];
    random.nextBytes(challenge);
    file.commanded(command).forEach(key -> key.sign(Bytes.of(challenge)));
    return file;
  }

  private static int seedsOf(String name) {
    return name.equals(DECISIONS) ? SigningKey.SEED_LENGTH : 2 * SigningKey.SEED_LENGTH;
  }

  /// Returns the keys of seeds. The seed of Ed25519 is first.
  private static List<SigningKey> keys(byte[] seeds) {
    int half = SigningKey.SEED_LENGTH;
    byte[] first = Arrays.copyOf(seeds, half);
    try {
      if (seeds.length == half) {
        return List.of(SigningKey.ed25519(first));
      }
      byte[] second = Arrays.copyOfRange(seeds, half, 2 * half);
      try {
        return List.of(SigningKey.ed25519(first), SigningKey.mlDsa(second));
      } finally {
        Arrays.fill(second, (byte) 0);
      }
    } finally {
      Arrays.fill(first, (byte) 0);
    }
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
      if (read.custody instanceof Custody.ExternalKeys) {
        refuseForeign(file);
      }
      return read;
    } catch (IOException e) {
      throw unusable("cannot read the key file %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /// Refuses a file that others may write to. Only the permissions of the file protect the name of
  /// the program.
  private static void refuseForeign(Path file) throws IOException {
    if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
      return;
    }
    Set<PosixFilePermission> may = Files.getPosixFilePermissions(file);
    if (may.contains(PosixFilePermission.GROUP_WRITE)
        || may.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw unusable(
          "cannot use the key file %s: it names a program, and other users can write it; run chmod 600"
              .formatted(file),
          null);
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
    Custody custody =
        fields.fields().containsKey("command")
            ? new Custody.ExternalKeys(ProgramSigner.commandOf(fields))
            : new Custody.StoredKeys(EncryptedSeeds.of(fields.object("secret"), seedsOf(name)));
    KeyFile read = new KeyFile(name, keys, custody);
    // Unknown fields are refused: the passphrase does not authenticate them.
    if (!read.file().equals(CanonicalJson.document(whole))) {
      throw JsonFields.malformed(what, "it has fields that a key file does not have");
    }
    return read;
  }

  private static List<TufKey> publicKeys(String name, JsonFields fields) {
    TufKey ed25519 = PublicKeyForms.read(fields.object(PublicKeyForms.ED25519));
    if (name.equals(DECISIONS)) {
      return List.of(DecisionKey.checked(ed25519));
    }
    return new PublicPair(name, ed25519, PublicKeyForms.read(fields.object(PublicKeyForms.ML_DSA)))
        .keys();
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

  /// Returns the public keys, Ed25519 first.
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
    return custody instanceof Custody.ExternalKeys;
  }

  /// Opens the private keys, Ed25519 first.
  ///
  /// @param source the source of the passphrase, called once unless a program has the keys
  /// @throws BundleException `key-unusable` for a wrong passphrase, or a file that was changed
  public List<SigningKey> open(PassphraseSource source) {
    return switch (custody) {
      case Custody.ExternalKeys(OperatorProgram command) -> commanded(command);
      case Custody.StoredKeys(EncryptedSeeds seeds) -> {
        char[] passphrase = source.passphrase(name);
        try {
          yield opened(seeds, passphrase);
        } finally {
          Arrays.fill(passphrase, '\0');
        }
      }
    };
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
    EncryptedSeeds.Head head = parameters -> head(name, publicKeys, Map.of("secret", parameters));
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
      List<SigningKey> keys = keys(seeds);
      if (!keys.stream().map(SigningKey::publicKey).toList().equals(publicKeys)) {
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
    return switch (custody) {
      case Custody.StoredKeys(EncryptedSeeds seeds) ->
          head(name, publicKeys, Map.of("secret", seeds.form()));
      case Custody.ExternalKeys(OperatorProgram command) ->
          head(name, publicKeys, ProgramSigner.form(command));
    };
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

package lazaret.bundle.keys;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonValue;
import lazaret.vetting.Bytes;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Seeds under a passphrase: Argon2id (RFC 9106) makes a key of it, AES-256-GCM closes them
/// together with the head of the file that they stand in. Immutable.
///
/// @param cost of making the key
/// @param salt 16 bytes
/// @param nonce 12 bytes
/// @param sealed the closed seeds with their tag
record SealedSeeds(Cost cost, Bytes salt, Bytes nonce, Bytes sealed) {
  private static final int SALT = 16;
  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final int KEY = 32;
  private static final String KDF = "argon2id";
  private static final String CIPHER = "aes-256-gcm";

  /// What a guess costs.
  ///
  /// @param memory in KiB
  /// @param passes over that memory
  /// @param lanes that an attacker may run side by side
  record Cost(int memory, int passes, int lanes) {
    /// The second recommended choice of RFC 9106, §4.
    static final Cost RECOMMENDED = new Cost(64 << 10, 3, 4);

    private static final int LEAST_MEMORY = 8 << 10;

    /// A file must not be able to take the memory or the time of whoever opens it.
    private static final int MOST_MEMORY = 128 << 10;

    private static final int MOST_PASSES = 16;
    private static final int MOST_LANES = 16;

    static Cost of(JsonFields fields) {
      return new Cost(
          bounded(fields, "memory_kib", LEAST_MEMORY, MOST_MEMORY),
          bounded(fields, "passes", 1, MOST_PASSES),
          bounded(fields, "lanes", 1, MOST_LANES));
    }

    private static int bounded(JsonFields fields, String name, int least, int most) {
      long value = fields.signed(name);
      if (value < least || value > most) {
        throw JsonFields.malformed(
            fields.what(),
            "expected '%s' from %d to %d, found %d".formatted(name, least, most, value));
      }
      return (int) value;
    }
  }

  /// Closes seeds.
  ///
  /// @param head what is bound to them
  /// @param passphrase stays as it is
  static SealedSeeds seal(
      byte[] seeds, Head head, char[] passphrase, Cost cost, SecureRandom random) {
    byte[] salt = new byte[SALT];
    byte[] nonce = new byte[NONCE];
    random.nextBytes(salt);
    random.nextBytes(nonce);
    var open = new SealedSeeds(cost, Bytes.of(salt), Bytes.of(nonce), Bytes.EMPTY);
    byte[] key = open.key(passphrase);
    try {
      Bytes bound = head.with(open.form());
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, bound).doFinal(seeds);
      return new SealedSeeds(cost, open.salt, open.nonce, Bytes.of(sealed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no AES-GCM", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /// The file's head: everything in it but the closed seeds.
  @FunctionalInterface
  interface Head {
    /// Returns the bytes that are bound.
    ///
    /// @param parameters of key and cipher, which belong to it
    Bytes with(JsonValue.Fields parameters);
  }

  /// Opens the seeds; whoever asked wipes them.
  ///
  /// @return empty where the passphrase, the head or the closed seeds are not what they were
  Optional<byte[]> open(Head head, char[] passphrase) {
    byte[] key = key(passphrase);
    try {
      Bytes bound = head.with(parameters());
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce.array(), bound);
      return Optional.of(cipher.doFinal(sealed.array()));
    } catch (AEADBadTagException _) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no AES-GCM", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, Bytes bound)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG, nonce));
    cipher.updateAAD(bound.array());
    return cipher;
  }

  private byte[] key(char[] passphrase) {
    byte[] password = utf8(passphrase);
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memory())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt.array())
            .build());
    byte[] key = new byte[KEY];
    try {
      generator.generateBytes(password, key);
      return key;
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  /// Without a string, which nobody can wipe.
  private static byte[] utf8(char[] text) {
    byte[] room = new byte[4 * text.length];
    ByteBuffer encoded = ByteBuffer.wrap(room);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(text), encoded, true);
    byte[] exact = Arrays.copyOf(room, encoded.position());
    Arrays.fill(room, (byte) 0);
    return exact;
  }

  /// Reads the part of a file.
  ///
  /// @param seeds how many bytes are closed in
  static SealedSeeds of(JsonFields fields, int seeds) {
    if (!fields.text("kdf").equals(KDF) || !fields.text("cipher").equals(CIPHER)) {
      throw JsonFields.malformed(fields.what(), "expected '%s' and '%s'".formatted(KDF, CIPHER));
    }
    return new SealedSeeds(
        Cost.of(fields),
        hex(fields, "salt", SALT),
        hex(fields, "nonce", NONCE),
        hex(fields, "sealed", seeds + TAG));
  }

  private static Bytes hex(JsonFields fields, String name, int length) {
    String text = fields.text(name);
    if (!text.matches("[0-9a-f]{" + 2 * length + "}")) {
      throw JsonFields.malformed(
          fields.what(), "expected %d bytes in lower-case hex as '%s'".formatted(length, name));
    }
    return Bytes.of(HexFormat.of().parseHex(text));
  }

  private JsonValue.Fields parameters() {
    return new SealedSeeds(cost, salt, nonce, Bytes.EMPTY).form();
  }

  /// Returns the part of a file; without the closed seeds where there are none yet.
  JsonValue.Fields form() {
    var fields = new java.util.HashMap<String, JsonValue>();
    fields.put("kdf", KeyForms.text(KDF));
    fields.put("memory_kib", new JsonValue.Whole(cost.memory()));
    fields.put("passes", new JsonValue.Whole(cost.passes()));
    fields.put("lanes", new JsonValue.Whole(cost.lanes()));
    fields.put("salt", hex(salt));
    fields.put("cipher", KeyForms.text(CIPHER));
    fields.put("nonce", hex(nonce));
    if (sealed.length() > 0) {
      fields.put("sealed", hex(sealed));
    }
    return KeyForms.object(Map.copyOf(fields));
  }

  private static JsonValue hex(Bytes bytes) {
    return KeyForms.text(HexFormat.of().formatHex(bytes.array()));
  }
}

package lazaret.bundle.keys;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lazaret.bundle.trust.PublicKeyForms;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonValue;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Seeds of keys, encrypted under a passphrase. Argon2id (RFC 9106) derives a key, and AES-256-GCM
/// encrypts the seeds and authenticates the other fields of the key file. Immutable.
///
/// @param cost the cost of the key derivation
/// @param salt 16 bytes
/// @param nonce 12 bytes
/// @param sealed the encrypted seeds with their tag
public record EncryptedSeeds(Cost cost, Bytes salt, Bytes nonce, Bytes sealed) {
  private static final int SALT = 16;
  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final int KEY = 32;
  private static final String KDF = "argon2id";
  private static final String CIPHER = "aes-256-gcm";

  /// Returns the keys of seeds. The seed of Ed25519 is first.
  static List<SigningKey> keys(byte[] seeds) {
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

  /// The cost of one guess of the passphrase.
  ///
  /// @param memory the memory in KiB
  /// @param passes the number of passes over the memory
  /// @param lanes the degree of parallelism
  public record Cost(int memory, int passes, int lanes) {
    /// The second recommended choice of RFC 9106, §4.
    public static final Cost RECOMMENDED = new Cost(64 << 10, 3, 4);

    private static final int LEAST_MEMORY = 8 << 10;

    /// The largest memory in KiB. A malicious file must not exhaust the memory or time of the
    /// reader.
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

  /// Encrypts seeds.
  ///
  /// @param seeds the seeds
  /// @param head the authenticated fields of the file
  /// @param passphrase the passphrase; the array is not changed
  /// @param cost the cost of the key derivation
  /// @param random the source of salt and nonce
  static EncryptedSeeds seal(
      byte[] seeds, Head head, char[] passphrase, Cost cost, SecureRandom random) {
    byte[] salt = new byte[SALT];
    byte[] nonce = new byte[NONCE];
    random.nextBytes(salt);
    random.nextBytes(nonce);
    var open = new EncryptedSeeds(cost, Bytes.of(salt), Bytes.of(nonce), Bytes.EMPTY);
    byte[] key = open.key(passphrase);
    try {
      Bytes bound = head.with(open.form());
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, bound).doFinal(seeds);
      return new EncryptedSeeds(cost, open.salt, open.nonce, Bytes.of(sealed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no AES-GCM", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /// The authenticated fields of a key file: all except the encrypted seeds.
  @FunctionalInterface
  interface Head {
    /// Returns the authenticated bytes.
    ///
    /// @param parameters the parameters of key derivation and cipher, which are part of them
    Bytes with(JsonValue.Fields parameters);
  }

  /// Decrypts the seeds. The caller must clear the array.
  ///
  /// @return the seeds, or empty if the passphrase is wrong or the file was changed
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

  /// Encodes a passphrase without making a string, which cannot be cleared.
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

  /// Reads the encrypted seeds of a key file.
  ///
  /// @param seeds the length of the seeds in bytes
  static EncryptedSeeds of(JsonFields fields, int seeds) {
    if (!fields.text("kdf").equals(KDF) || !fields.text("cipher").equals(CIPHER)) {
      throw JsonFields.malformed(fields.what(), "expected '%s' and '%s'".formatted(KDF, CIPHER));
    }
    return new EncryptedSeeds(
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
    return new EncryptedSeeds(cost, salt, nonce, Bytes.EMPTY).form();
  }

  /// Returns the fields for a key file, without the encrypted seeds if there are none yet.
  JsonValue.Fields form() {
    var fields = new java.util.HashMap<String, JsonValue>();
    fields.put("kdf", PublicKeyForms.text(KDF));
    fields.put("memory_kib", new JsonValue.Whole(cost.memory()));
    fields.put("passes", new JsonValue.Whole(cost.passes()));
    fields.put("lanes", new JsonValue.Whole(cost.lanes()));
    fields.put("salt", hex(salt));
    fields.put("cipher", PublicKeyForms.text(CIPHER));
    fields.put("nonce", hex(nonce));
    if (sealed.length() > 0) {
      fields.put("sealed", hex(sealed));
    }
    return PublicKeyForms.object(Map.copyOf(fields));
  }

  private static JsonValue hex(Bytes bytes) {
    return PublicKeyForms.text(HexFormat.of().formatHex(bytes.array()));
  }
}

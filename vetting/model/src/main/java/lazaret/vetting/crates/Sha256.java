package lazaret.vetting.crates;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// A SHA-256 digest (FIPS 180-4) with value equality. The only class that uses the message digests
/// of the JDK. Thread-safe.
public final class Sha256 implements Comparable<Sha256> {
  /// The length of a digest, in bytes.
  public static final int LENGTH = 32;

  /// The system property with the implementation. The commands of bundles have `openssl`: the
  /// library of the system, or the JDK's own digest on a system without it.
  private static final String PROPERTY = "lazaret.sha256";

  private static final int CHUNK = 64 * 1024;
  private static final HexFormat HEX = HexFormat.of();
  private static final boolean[] DIGITS = digits();

  private final String hex;

  /// @param hex digest in a form that is known to be valid; it is not checked, since millions of
  ///   digests are made
  private Sha256(String hex) {
    this.hex = hex;
  }

  /// Parses a digest.
  ///
  /// @param hex 64 lower-case hexadecimal digits, without surrounding text
  /// @throws MalformedException if the text is anything else
  public static Sha256 parse(String hex) {
    if (!isValid(hex)) {
      throw new MalformedException(
          "cannot read sha-256 '"
              + Excerpt.of(hex)
              + "': expected 64 lower-case hexadecimal digits");
    }
    return new Sha256(hex);
  }

  /// Returns whether a text is a digest in the form that [#parse] accepts.
  public static boolean isValid(String hex) {
    if (hex.length() != 2 * LENGTH) {
      return false;
    }
    // A single test over all digits, without a branch for each that the processor would mispredict.
    boolean digits = true;
    for (int i = 0; i < hex.length(); i++) {
      char c = hex.charAt(i);
      digits &= c < DIGITS.length && DIGITS[c];
    }
    return digits;
  }

  private static boolean[] digits() {
    boolean[] digits = new boolean['f' + 1];
    "0123456789abcdef".chars().forEach(c -> digits[c] = true);
    return digits;
  }

  /// Returns the digest with the given 32 bytes.
  ///
  /// @throws MalformedException if there are not exactly 32 bytes
  public static Sha256 fromDigest(byte[] digest) {
    if (digest.length != LENGTH) {
      throw new MalformedException(
          "cannot read sha-256: expected 32 bytes, found " + digest.length);
    }
    return new Sha256(HEX.formatHex(digest));
  }

  /// Returns the digest of bytes.
  public static Sha256 of(Bytes data) {
    return of(data.array(), 0, data.length());
  }

  /// Returns the digest of a range of an array.
  ///
  /// @throws IndexOutOfBoundsException if the range does not lie within the array
  public static Sha256 of(byte[] data, int offset, int length) {
    var hasher = new Hasher();
    hasher.update(data, offset, length);
    return hasher.finish();
  }

  /// Returns the digest of all bytes of a stream, which stays open. Blocks while the stream does.
  /// Uses 64 KiB of memory for any length.
  ///
  /// @throws IOException as the stream throws it
  public static Sha256 digestOf(InputStream in) throws IOException {
    var hasher = new Hasher();
    byte[] chunk = new byte[CHUNK];
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      hasher.update(chunk, 0, read);
    }
    return hasher.finish();
  }

  /// Returns the digest as 64 lower-case hexadecimal digits, the form of `cksum` in an index line.
  /// Cargo compares it as text, so that upper case would fail at the download.
  public String hex() {
    return hex;
  }

  /// Returns the 32 bytes of the digest in a new array.
  public byte[] bytes() {
    return HEX.parseHex(hex);
  }

  /// Compares by the bytes of the digests.
  @Override
  public int compareTo(Sha256 other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Sha256 that && hex.equals(that.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  /// Returns the 64 digits.
  @Override
  public String toString() {
    return hex;
  }

  /// A SHA-256 computation over data that arrives in pieces. Not thread-safe.
  public static final class Hasher {
    /// An unused digest. A copy of it costs a fraction of a provider lookup.
    private static final MessageDigest EMPTY = lookedUp();

    private final MessageDigest digest;

    /// Starts a digest of zero bytes.
    public Hasher() {
      digest = begun();
    }

    private static MessageDigest begun() {
      try {
        return (MessageDigest) EMPTY.clone();
      } catch (CloneNotSupportedException _) {
        // Digests of hardware providers need not support copies.
        return lookedUp();
      }
    }

    private static MessageDigest lookedUp() {
      return "openssl".equals(System.getProperty(PROPERTY))
          ? OpenSslSha256.load().orElseGet(Hasher::ofJdk)
          : ofJdk();
    }

    private static MessageDigest ofJdk() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        // Every Java platform must support it (java.security.MessageDigest, *Implementation*).
        throw new IllegalStateException("the Java runtime has no SHA-256", e);
      }
    }

    /// Adds a range of an array.
    ///
    /// @throws IndexOutOfBoundsException if the range does not lie within the array
    public void update(byte[] data, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, data.length);
      digest.update(data, offset, length);
    }

    /// Adds the remaining bytes of a buffer and moves its position to its limit.
    public void update(ByteBuffer data) {
      digest.update(data);
    }

    /// Returns the digest of all bytes added, and starts again with zero bytes.
    public Sha256 finish() {
      return fromDigest(digest.digest());
    }

    /// Returns the 32 bytes of the digest of all bytes added, and starts again with zero bytes.
    public byte[] finishBytes() {
      return digest.digest();
    }
  }
}

package lazaret.bundle.trust;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import lazaret.bundle.keys.SigningPair;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;

/// The signatures and keys of an attacker.
final class ForgedMetadata {
  /// The order of the group of Ed25519.
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /// The points of order one, two and four.
  static final List<String> SMALL_ORDER =
      List.of(
          "01" + "00".repeat(31),
          "ec" + "ff".repeat(30) + "7f",
          "00".repeat(32),
          "00".repeat(31) + "80");

  /// Returns a key whose signatures lack the prefix and digest of TAP 21.
  static SigningKey rawMlDsa(String name) {
    SigningPair pair = TestStream.pair(name);
    return new SigningKey() {
      @Override
      public TufKey publicKey() {
        return pair.mlDsa().publicKey();
      }

      @Override
      public String sign(Bytes canonical) {
        return RawMlDsa.sign(name, canonical);
      }
    };
  }

  static String mlDsa44Key() {
    return RawMlDsa.publicKey44();
  }

  static String malleated(String signature) {
    byte[] bytes = HexFormat.of().parseHex(signature);
    byte[] s = reversed(Arrays.copyOfRange(bytes, 32, 64));
    byte[] larger = new BigInteger(1, s).add(ORDER).toByteArray();
    byte[] padded = new byte[32];
    System.arraycopy(larger, larger.length - 32, padded, 0, 32);
    System.arraycopy(reversed(padded), 0, bytes, 32, 32);
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}

package lazaret.testkit;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import lazaret.vetting.Bytes;

/// A key of OpenPGP with which tests sign documents. It writes the packets by itself, so that the
/// reader is compared with something else than its own library (RFC 9580). Thread-safe.
public final class OpenPgpSigner {
  /// The numbers of digests.
  public static final int SHA1 = 2;

  /// The number of SHA-256.
  public static final int SHA256 = 8;

  /// The number of SHA-512.
  public static final int SHA512 = 10;

  private static final int RSA = 1;
  private static final int ED25519 = 22;
  private static final byte[] ED25519_CURVE = HexFormat.of().parseHex("092b06010401da470f01");

  private final KeyPair pair;
  private final int algorithm;
  private final byte[] packet;

  private OpenPgpSigner(KeyPair pair, int algorithm, Instant created) {
    this.pair = pair;
    this.algorithm = algorithm;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(4);
    out.writeBytes(number(created.getEpochSecond(), 4));
    out.write(algorithm);
    if (algorithm == RSA) {
      RSAPublicKey key = (RSAPublicKey) pair.getPublic();
      out.writeBytes(integer(key.getModulus()));
      out.writeBytes(integer(key.getPublicExponent()));
    } else {
      byte[] encoded = pair.getPublic().getEncoded();
      byte[] point = Arrays.copyOfRange(encoded, encoded.length - 33, encoded.length);
      point[0] = 0x40;
      out.writeBytes(ED25519_CURVE);
      out.writeBytes(integer(new BigInteger(1, point)));
    }
    this.packet = out.toByteArray();
  }

  /// Makes a key of Ed25519.
  public static OpenPgpSigner ed25519(Instant created) {
    return new OpenPgpSigner(pair("Ed25519", 255), ED25519, created);
  }

  /// Makes a key of RSA, which takes tenths of a second.
  public static OpenPgpSigner rsa(int bits, Instant created) {
    return new OpenPgpSigner(pair("RSA", bits), RSA, created);
  }

  private static KeyPair pair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a key for a test", e);
    }
  }

  /// Returns the body of the key packet.
  public Bytes packet() {
    return Bytes.of(packet.clone());
  }

  /// Returns the fingerprint in lower case.
  public String fingerprint() {
    byte[] head = {(byte) 0x99, (byte) (packet.length >>> 8), (byte) packet.length};
    return HexFormat.of().formatHex(digest(SHA1, head, packet));
  }

  /// Returns the armored file of the key, which has no user ids.
  public Bytes publicKey() {
    return armored("PUBLIC KEY BLOCK", framed(6, packet));
  }

  /// Signs a document.
  public Bytes sign(Bytes document, Instant at) {
    return sign(document, at, SHA256, new byte[0]);
  }

  /// Signs a document in another way.
  ///
  /// @param digest the number of the digest
  /// @param more subpackets that are signed, too, each with its length
  public Bytes sign(Bytes document, Instant at, int digest, byte[] more) {
    return armored("SIGNATURE", framed(2, body(document, at, digest, more)));
  }

  /// Returns the body of a signature packet.
  public byte[] body(Bytes document, Instant at, int digest, byte[] more) {
    ByteArrayOutputStream hashed = new ByteArrayOutputStream();
    hashed.write(22);
    hashed.write(33);
    hashed.write(4);
    hashed.writeBytes(HexFormat.of().parseHex(fingerprint()));
    hashed.write(5);
    hashed.write(2);
    hashed.writeBytes(number(at.getEpochSecond(), 4));
    hashed.writeBytes(more);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {4, 0, (byte) algorithm, (byte) digest});
    out.writeBytes(number(hashed.size(), 2));
    out.writeBytes(hashed.toByteArray());
    byte[] signed = out.toByteArray();
    ByteArrayOutputStream trailer = new ByteArrayOutputStream();
    trailer.writeBytes(signed);
    trailer.write(4);
    trailer.write(0xff);
    trailer.writeBytes(number(signed.length, 4));
    byte[] result = digest(digest, document.array(), trailer.toByteArray());
    out.writeBytes(new byte[] {0, 0, result[0], result[1]});
    out.writeBytes(signature(document, trailer.toByteArray(), digest, result));
    return out.toByteArray();
  }

  private byte[] signature(Bytes document, byte[] trailer, int digest, byte[] result) {
    try {
      if (algorithm == ED25519) {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(result);
        byte[] halves = signature.sign();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(integer(new BigInteger(1, Arrays.copyOf(halves, 32))));
        out.writeBytes(integer(new BigInteger(1, Arrays.copyOfRange(halves, 32, 64))));
        return out.toByteArray();
      }
      Signature signature = Signature.getInstance(name(digest).replace("-", "") + "withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(document.array());
      signature.update(trailer);
      return integer(new BigInteger(1, signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign for a test", e);
    }
  }

  private static byte[] digest(int digest, byte[] first, byte[] second) {
    try {
      MessageDigest made = MessageDigest.getInstance(name(digest));
      made.update(first);
      return made.digest(second);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot hash for a test", e);
    }
  }

  private static String name(int digest) {
    return switch (digest) {
      case SHA1 -> "SHA-1";
      case SHA256 -> "SHA-256";
      case SHA512 -> "SHA-512";
      default -> throw new IllegalArgumentException("digest " + digest);
    };
  }

  /// Returns packets in armor without a checksum.
  ///
  /// @param kind the words of the armor
  public static Bytes armored(String kind, byte[] packets) {
    String data =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(packets);
    return Bytes.utf8(
        "-----BEGIN PGP %s-----\n\n%s\n-----END PGP %s-----\n".formatted(kind, data, kind));
  }

  /// Returns a packet with its header.
  public static byte[] framed(int tag, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xc0 | tag);
    out.write(0xff);
    out.writeBytes(number(body.length, 4));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static byte[] integer(BigInteger value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(number(value.bitLength(), 2));
    byte[] bytes = value.toByteArray();
    int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
    out.writeBytes(Arrays.copyOfRange(bytes, from, bytes.length));
    return out.toByteArray();
  }

  private static byte[] number(long value, int octets) {
    byte[] bytes = new byte[octets];
    for (int i = 0; i < octets; i++) {
      bytes[i] = (byte) (value >>> (8 * (octets - 1 - i)));
    }
    return bytes;
  }
}

package lazaret.toolchain.signature;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.bouncycastle.bcpg.BCPGKey;
import org.bouncycastle.bcpg.EdDSAPublicBCPGKey;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.RSAPublicBCPGKey;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.util.BigIntegers;

/// A key of OpenPGP whose signatures are accepted. User ids, bindings, expiry and the trust of a
/// keyring have no effect: a person chose the key by its fingerprint. Thread-safe.
///
/// Source: RFC 9580 §5.5.2 and §5.5.4.
public final class PinnedKey {
  /// The least size of an RSA key, in bits.
  private static final int MIN_BITS = 3_072;

  private static final int MAX_BITS = 16_384;
  private static final String ED25519_CURVE = "1.3.6.1.4.1.11591.15.1";

  /// The bytes before those of a key in the form of RFC 8410 §4.
  private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Bytes packet;
  private final String fingerprint;
  private final PublicKey key;
  private final boolean rsa;

  private PinnedKey(Bytes packet, PublicKey key, boolean rsa) {
    this.packet = packet;
    this.fingerprint = fingerprint(packet);
    this.key = key;
    this.rsa = rsa;
  }

  /// Reads the body of a key packet.
  ///
  /// @throws MalformedException if it is not an RSA key of at least 3,072 bits or an Ed25519 key of
  ///   version 4
  public static PinnedKey of(Bytes packet) {
    if (packet.length() < 6 || packet.at(0) != PublicKeyPacket.VERSION_4) {
      throw refused("expected the version 4");
    }
    PublicKeyPacket read =
        new PacketFrame(PacketFrame.PUBLIC_KEY, packet).read(PublicKeyPacket.class);
    try {
      if (!Arrays.equals(read.getEncodedContents(), packet.array())) {
        throw refused("found bytes that are not part of it");
      }
      BCPGKey content = read.getKey();
      return switch (content) {
        case RSAPublicBCPGKey rsa -> new PinnedKey(packet, rsa(rsa), true);
        case EdDSAPublicBCPGKey edwards -> new PinnedKey(packet, ed25519(edwards), false);
        default -> throw refused("expected RSA or Ed25519");
      };
    } catch (IOException | GeneralSecurityException e) {
      throw new MalformedException("cannot use a key of OpenPGP: its numbers are invalid", e);
    }
  }

  private static PublicKey rsa(RSAPublicBCPGKey content) throws GeneralSecurityException {
    BigInteger modulus = content.getModulus();
    if (modulus.bitLength() < MIN_BITS || modulus.bitLength() > MAX_BITS) {
      throw refused(
          "expected RSA of at least %d bits, found %d".formatted(MIN_BITS, modulus.bitLength()));
    }
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(modulus, content.getPublicExponent()));
  }

  private static PublicKey ed25519(EdDSAPublicBCPGKey content) throws GeneralSecurityException {
    byte[] point = BigIntegers.asUnsignedByteArray(content.getEncodedPoint());
    if (!content.getCurveOID().getId().equals(ED25519_CURVE)
        || point.length != 33
        || point[0] != 0x40) {
      throw refused("expected the curve of Ed25519");
    }
    byte[] encoded = Arrays.copyOf(ED25519_HEAD, ED25519_HEAD.length + 32);
    System.arraycopy(point, 1, encoded, ED25519_HEAD.length, 32);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  /// Computes the fingerprint of version 4, which has SHA-1. Pins have the SHA-256, too.
  private static String fingerprint(Bytes packet) {
    SHA1Digest digest = new SHA1Digest();
    digest.update((byte) 0x99);
    digest.update((byte) (packet.length() >>> 8));
    digest.update((byte) packet.length());
    digest.update(packet.array(), 0, packet.length());
    byte[] result = new byte[digest.getDigestSize()];
    digest.doFinal(result, 0);
    return HexFormat.of().formatHex(result);
  }

  private static MalformedException refused(String detail) {
    return new MalformedException("cannot use a key of OpenPGP: " + detail);
  }

  /// Returns the body of the key packet.
  public Bytes packet() {
    return packet;
  }

  /// Returns the fingerprint, 40 lower-case hexadecimal digits. People compare it.
  public String fingerprint() {
    return fingerprint;
  }

  /// Returns the SHA-256 of the body of the key packet. Programs compare it.
  public Sha256 packetSha256() {
    return Sha256.of(packet);
  }

  /// Returns the 64 bits by which signatures name the key.
  long id() {
    return HexFormat.fromHexDigitsToLong(fingerprint, 24, 40);
  }

  PublicKey key() {
    return key;
  }

  boolean isRsa() {
    return rsa;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PinnedKey that && packet.equals(that.packet);
  }

  @Override
  public int hashCode() {
    return packet.hashCode();
  }

  @Override
  public String toString() {
    return fingerprint;
  }
}

package lazaret.toolchain.signature;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.MPInteger;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.SignaturePacket;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/// The check of detached signatures by pinned keys: a small part of RFC 9580. One signature packet
/// of version 4 over the bytes of a document, by RSA or Ed25519, with a digest of SHA-2. Everything
/// else is refused. Thread-safe.
///
/// @param keys the keys whose signatures are accepted
public record OpenPgpCheck(PinnedKeys keys) {
  /// The maximum size of a signature, in bytes.
  public static final int MAX_BYTES = 16 << 10;

  /// The time by which the clock of the signer may be ahead.
  private static final Duration AHEAD = Duration.ofHours(1);

  /// The subpackets that may be critical, since they are evaluated here.
  private static final Set<Integer> KNOWN =
      Set.of(
          SignatureSubpacketTags.CREATION_TIME,
          SignatureSubpacketTags.ISSUER_KEY_ID,
          SignatureSubpacketTags.ISSUER_FINGERPRINT);

  /// A valid signature.
  ///
  /// @param key the key that made it
  /// @param at the time that it states, in whole seconds
  public record Signed(PinnedKey key, Instant at) {}

  /// Checks the signature of a document.
  ///
  /// @param armored the signature, as a file `.asc`
  /// @param now the present time; a later signature is refused
  /// @throws MalformedException if the signature has another form or another key, or is wrong
  public Signed verify(Bytes document, Bytes armored, Instant now) {
    SignaturePacket packet = packet(armored);
    Instant at = time(packet);
    if (at.isAfter(now.plus(AHEAD))) {
      throw refused("it states the time %s, which is in the future".formatted(at));
    }
    PinnedKey key =
        keys.find(issuer(packet))
            .orElseThrow(
                () ->
                    refused(
                        "expected a key of %s, found the key %016x"
                            .formatted(keys.keys(), issuer(packet))));
    try {
      if (!(key.isRsa() ? rsa(document, packet, key) : ed25519(document, packet, key))) {
        throw refused("the bytes are not those that the key %s signed".formatted(key));
      }
    } catch (GeneralSecurityException | IllegalArgumentException | ArithmeticException e) {
      throw new MalformedException("cannot accept the signature: its numbers are invalid", e);
    }
    return new Signed(key, at);
  }

  private static SignaturePacket packet(Bytes armored) {
    if (armored.length() > MAX_BYTES) {
      throw refused("expected at most %d bytes, found %d".formatted(MAX_BYTES, armored.length()));
    }
    List<PacketFrame> packets = PacketFrame.armored("SIGNATURE", armored);
    if (packets.size() != 1 || packets.getFirst().tag() != PacketFrame.SIGNATURE) {
      throw refused("expected one signature, found %d packets".formatted(packets.size()));
    }
    Bytes body = packets.getFirst().body();
    // Compared before the library reads it: lengths of later versions have 32 bits.
    if (body.length() < 10 || body.at(0) != SignaturePacket.VERSION_4) {
      throw refused("expected the version 4");
    }
    SignaturePacket packet = packets.getFirst().read(SignaturePacket.class);
    if (packet.getSignatureType() != 0) {
      throw refused("expected a signature of a document");
    }
    for (SignatureSubpacket[] part : parts(packet)) {
      for (SignatureSubpacket each : part) {
        if (each.isCritical() && !KNOWN.contains(each.getType())) {
          throw refused("it has a critical part of the type %d".formatted(each.getType()));
        }
        if (each.getType() == SignatureSubpacketTags.EXPIRE_TIME) {
          throw refused("it expires");
        }
      }
    }
    return packet;
  }

  private static List<SignatureSubpacket[]> parts(SignaturePacket packet) {
    return List.of(packet.getHashedSubPackets(), packet.getUnhashedSubPackets());
  }

  /// Returns the time that the key signed, in whole seconds.
  private static Instant time(SignaturePacket packet) {
    for (SignatureSubpacket each : packet.getHashedSubPackets()) {
      byte[] data = each.getData();
      if (each.getType() == SignatureSubpacketTags.CREATION_TIME && data.length == 4) {
        return Instant.ofEpochSecond(number(data, 0));
      }
    }
    throw refused("expected its time among the signed parts, found none");
  }

  /// Returns the id of the key; 0 if there is none. It only chooses among pinned keys, so it need
  /// not be signed.
  private static long issuer(SignaturePacket packet) {
    for (SignatureSubpacket[] part : parts(packet)) {
      for (SignatureSubpacket each : part) {
        byte[] data = each.getData();
        if (each.getType() == SignatureSubpacketTags.ISSUER_FINGERPRINT && data.length == 21) {
          return number(data, 13);
        }
        if (each.getType() == SignatureSubpacketTags.ISSUER_KEY_ID && data.length == 8) {
          return number(data, 0);
        }
      }
    }
    return 0;
  }

  private static long number(byte[] data, int from) {
    long number = 0;
    for (int i = from; i < data.length; i++) {
      number = (number << 8) | (data[i] & 0xff);
    }
    return number;
  }

  private static boolean rsa(Bytes document, SignaturePacket packet, PinnedKey key)
      throws GeneralSecurityException {
    MPInteger @Nullable [] numbers = packet.getSignature();
    if (packet.getKeyAlgorithm() != PublicKeyAlgorithmTags.RSA_GENERAL
        || numbers == null
        || numbers.length != 1) {
      throw refused("expected RSA, as the key has");
    }
    Signature signature =
        Signature.getInstance(
            switch (packet.getHashAlgorithm()) {
              case HashAlgorithmTags.SHA256 -> "SHA256withRSA";
              case HashAlgorithmTags.SHA384 -> "SHA384withRSA";
              case HashAlgorithmTags.SHA512 -> "SHA512withRSA";
              default -> throw weak(packet);
            });
    signature.initVerify(key.key());
    signature.update(document.array());
    signature.update(packet.getSignatureTrailer());
    int size = ((RSAPublicKey) key.key()).getModulus().bitLength();
    return signature.verify(BigIntegers.asUnsignedByteArray((size + 7) / 8, numbers[0].getValue()));
  }

  /// Ed25519 signs the digest (RFC 9580 §5.2.3.3).
  private static boolean ed25519(Bytes document, SignaturePacket packet, PinnedKey key)
      throws GeneralSecurityException {
    MPInteger @Nullable [] numbers = packet.getSignature();
    if (packet.getKeyAlgorithm() != PublicKeyAlgorithmTags.EDDSA_LEGACY
        || numbers == null
        || numbers.length != 2) {
      throw refused("expected Ed25519, as the key has");
    }
    Digest digest =
        switch (packet.getHashAlgorithm()) {
          case HashAlgorithmTags.SHA256 -> new SHA256Digest();
          case HashAlgorithmTags.SHA384 -> new SHA384Digest();
          case HashAlgorithmTags.SHA512 -> new SHA512Digest();
          default -> throw weak(packet);
        };
    byte[] trailer = packet.getSignatureTrailer();
    digest.update(document.array(), 0, document.length());
    digest.update(trailer, 0, trailer.length);
    byte[] result = new byte[digest.getDigestSize()];
    digest.doFinal(result, 0);
    byte[] halves = new byte[64];
    System.arraycopy(BigIntegers.asUnsignedByteArray(32, numbers[0].getValue()), 0, halves, 0, 32);
    System.arraycopy(BigIntegers.asUnsignedByteArray(32, numbers[1].getValue()), 0, halves, 32, 32);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(key.key());
    signature.update(result);
    return signature.verify(halves);
  }

  private static MalformedException weak(SignaturePacket packet) {
    return refused(
        "expected SHA-256, SHA-384 or SHA-512, found the digest %d of OpenPGP"
            .formatted(packet.getHashAlgorithm()));
  }

  private static MalformedException refused(String detail) {
    return new MalformedException("cannot accept the signature: " + detail);
  }
}

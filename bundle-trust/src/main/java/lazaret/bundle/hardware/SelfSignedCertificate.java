package lazaret.bundle.hardware;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A certificate that is not verified: the JDK's key store lists private keys of a token only with
/// a certificate. It is of version 1, for 100 years, and signed by its own key.
///
/// Source: RFC 5280, §4.1; RFC 5758, §3.2.
final class SelfSignedCertificate {
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int UTF8_STRING = 0x0c;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int LONG_FORM = 0x80;
  private static final int YEARS = 100;
  private static final int SERIAL = 16;

  /// `ecdsa-with-SHA256`, 1.2.840.10045.4.3.2.
  private static final byte[] ECDSA_SHA256 = {
    0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
  };

  /// `commonName`, 2.5.4.3.
  private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private SelfSignedCertificate() {}

  /// A signer.
  @FunctionalInterface
  interface Signer {
    /// Returns the signature over bytes: ECDSA with SHA-256, in DER.
    byte[] sign(byte[] message) throws GeneralSecurityException;
  }

  /// Makes a certificate.
  ///
  /// @param name the common name, in ASCII
  /// @param key the public key
  static Certificate of(String name, PublicKey key, Instant now, Signer signer)
      throws GeneralSecurityException {
    byte[] subject =
        value(
            SEQUENCE,
            value(
                SET,
                value(
                    SEQUENCE,
                    COMMON_NAME,
                    value(UTF8_STRING, name.getBytes(StandardCharsets.US_ASCII)))));
    byte[] algorithm = value(SEQUENCE, ECDSA_SHA256);
    byte[] signed =
        value(
            SEQUENCE,
            value(INTEGER, serial()),
            algorithm,
            subject,
            value(
                SEQUENCE, time(now), time(now.atZone(ZoneOffset.UTC).plusYears(YEARS).toInstant())),
            subject,
            key.getEncoded());
    byte[] certificate =
        value(SEQUENCE, signed, algorithm, value(BIT_STRING, new byte[] {0}, signer.sign(signed)));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(certificate));
  }

  /// Returns a positive number without a leading zero.
  private static byte[] serial() {
    byte[] serial = new byte[SERIAL];
    new SecureRandom().nextBytes(serial);
    serial[0] = (byte) ((serial[0] & 0x3f) | 0x40);
    return serial;
  }

  private static byte[] time(Instant moment) {
    return value(GENERALIZED_TIME, TIME.format(moment).getBytes(StandardCharsets.US_ASCII));
  }

  /// Encodes a value in DER.
  private static byte[] value(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] each : contents) {
      content.writeBytes(each);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length < LONG_FORM) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(LONG_FORM | 1);
      out.write(length);
    } else {
      out.write(LONG_FORM | 2);
      out.write(length >> 8);
      out.write(length & 0xff);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}

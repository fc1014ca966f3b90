package lazaret.documentation.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// The part of an address that permits to read the pages of one version for some hours. Pages run
/// in an origin of their own, so that cookies and other credentials must not matter for them.
///
/// A token is the end of its time and an HMAC-SHA-256 over it and the version, in base64 for
/// addresses.
///
/// @param expires the time from which it is void, in whole seconds
/// @param text the token
public record PageToken(Instant expires, String text) {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAC_LENGTH = 32;
  private static final int LENGTH = Long.BYTES + MAC_LENGTH;
  private static final int MAX_TEXT = 64;

  /// Makes a token.
  ///
  /// @param key the secret key
  public static PageToken make(Bytes key, CrateName name, CrateVersion version, Instant expires) {
    long end = expires.getEpochSecond();
    byte[] form =
        ByteBuffer.allocate(LENGTH).putLong(end).put(mac(key, name, version, end)).array();
    return new PageToken(
        Instant.ofEpochSecond(end), Base64.getUrlEncoder().withoutPadding().encodeToString(form));
  }

  /// Returns the token of an address if it permits to read the version now; empty for any other.
  ///
  /// @param key the secret key
  public static Optional<PageToken> check(Bytes key, PageAddress address, Instant now) {
    String text = address.token();
    if (text.length() > MAX_TEXT) {
      return Optional.empty();
    }
    byte[] form;
    try {
      form = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    if (form.length != LENGTH) {
      return Optional.empty();
    }
    ByteBuffer fields = ByteBuffer.wrap(form);
    long end = fields.getLong();
    byte[] found = new byte[MAC_LENGTH];
    fields.get(found);
    // Without a time that depends on the number of equal bytes.
    return MessageDigest.isEqual(found, mac(key, address.name(), address.version(), end))
            && now.getEpochSecond() < end
        ? Optional.of(new PageToken(Instant.ofEpochSecond(end), text))
        : Optional.empty();
  }

  /// Returns the digest over the fields. A name and a version have no line break.
  private static byte[] mac(Bytes key, CrateName name, CrateVersion version, long end) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.array(), ALGORITHM));
      String message =
          "lazaret-documentation/1\n%s\n%s\n%d".formatted(name.published(), version.text(), end);
      return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no " + ALGORITHM, e);
    }
  }
}

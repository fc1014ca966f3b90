package lazaret.mirror.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lazaret.vetting.Bytes;

/// A signer of webhook messages: HMAC-SHA-256 (RFC 2104) over the time of sending, a full stop and
/// the body. The time is signed so that an old message cannot be sent again as a new one.
/// Thread-safe.
final class WebhookSignature {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  WebhookSignature(String secret) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /// Returns the value of the signature header, `sha256=` and 64 hex digits.
  ///
  /// @param at the time of sending as in the timestamp header, in whole seconds
  String of(Instant at, Bytes body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((at.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.array()));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}

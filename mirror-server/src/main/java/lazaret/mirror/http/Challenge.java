package lazaret.mirror.http;

import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Token;

/// A challenge of a client to a server. The server answers with an HMAC-SHA-256 under the hash of
/// the token, which only the server that made the token has. The HMAC covers the address that the
/// client used, so that the proof of another server cannot be relayed.
///
/// Source: RFC 2104.
///
/// @param token the public id of the token, see [Token#publicId]
/// @param nonce 64 hexadecimal digits, random, used once
/// @param host host and port as the client received them; [#NO_HOST] if the connection ends on the
///   client's own machine, where a name proves nothing
/// @param peer the numeric address and the port that the client is connected to: `10.0.0.7:7080`,
///   `[fe80::1]:7080`
public record Challenge(String token, String nonce, String host, String peer) {
  /// The path of the route.
  public static final String PATH = "/desk/v1/proof";

  /// The value of `host` if only the numeric address counts.
  public static final String NO_HOST = "-";

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PURPOSE = "lazaret-proof-1";
  private static final int NONCE_BYTES = 32;
  private static final List<String> NAMES = List.of("token", "nonce", "host", "peer");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern NONCE = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z.:\\[\\]_-]{1,280}");

  /// Checks the forms of all fields.
  ///
  /// @throws MalformedException if a field does not have its form
  public Challenge {
    if (!ID.matcher(token).matches()
        || !NONCE.matcher(nonce).matches()
        || !ADDRESS.matcher(host).matches()
        || !ADDRESS.matcher(peer).matches()) {
      throw new MalformedException(
          "cannot read the challenge: expected token (16 hex digits), nonce (64 hex digits), host"
              + " and peer (HOST:PORT)");
    }
  }

  /// Creates a challenge with a new nonce.
  ///
  /// @param tokenHash SHA-256 of the token's text
  /// @param host see the component
  /// @param peer the other end of the connection
  public static Challenge of(
      Sha256 tokenHash, String host, InetSocketAddress peer, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return new Challenge(
        Token.publicId(tokenHash), HexFormat.of().formatHex(nonce), host, numeric(peer));
  }

  /// Reads a challenge from the query of a request.
  ///
  /// @throws MalformedException if it is not one
  public static Challenge parse(String query) {
    Map<String, String> values = new HashMap<>();
    for (String pair : query.split("&", NAMES.size() + 1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (!NAMES.contains(name) || values.put(name, value) != null) {
        throw new MalformedException(
            "cannot read the challenge: expected token, nonce, host and peer, each once");
      }
    }
    return new Challenge(
        values.getOrDefault("token", ""),
        values.getOrDefault("nonce", ""),
        values.getOrDefault("host", ""),
        values.getOrDefault("peer", ""));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("cannot read the challenge: its query is not encoded", e);
    }
  }

  /// Returns the query of a request.
  public String query() {
    return "token=%s&nonce=%s&host=%s&peer=%s"
        .formatted(token, nonce, encoded(host), encoded(peer));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Returns an address in the form of `peer`. The scope of an IPv6 address is left out, because it
  /// has a meaning on one machine only.
  public static String numeric(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    int scope = host.indexOf('%');
    String bare = scope < 0 ? host : host.substring(0, scope);
    return (bare.contains(":") ? "[" + bare + "]" : bare) + ":" + address.getPort();
  }

  /// Returns the proof: 64 hexadecimal digits.
  public String proof(Sha256 tokenHash) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(tokenHash.bytes(), ALGORITHM));
      // No field holds a line feed, so that no two challenges are one text.
      String text = String.join("\n", PURPOSE, token, nonce, host, peer);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /// Returns whether a proof is right. The comparison takes the same time for every wrong proof.
  public boolean isProvedBy(Sha256 tokenHash, String proof) {
    return MessageDigest.isEqual(
        proof(tokenHash).getBytes(StandardCharsets.UTF_8), proof.getBytes(StandardCharsets.UTF_8));
  }
}

package lazaret.cli.desk;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Texts for the cause of a failed connection that do not depend on the class of the failure.
public final class NetworkFault {
  private static final int DEEPEST = 10;

  private NetworkFault() {}

  /// Returns the cause in a few words, with the remedy if there is one: `Connection refused`.
  public static String words(Throwable failure) {
    String message = text(failure);
    return certificate(failure)
        .or(() -> caused(failure, SSLException.class).map(NetworkFault::tls))
        .or(() -> address(failure))
        .orElseGet(
            () ->
                caused(failure, ConnectException.class).isPresent()
                        || message.toLowerCase(Locale.ROOT).contains("connection refused")
                    ? "Connection refused"
                    : plain(message));
  }

  private static Optional<String> certificate(Throwable failure) {
    if (caused(failure, CertPathBuilderException.class).isPresent()) {
      return Optional.of(
          "its certificate is signed by an unknown authority; name the PEM file of that authority with %s=FILE"
              .formatted(TlsTrust.VARIABLE));
    }
    if (caused(failure, CertificateExpiredException.class).isPresent()) {
      return Optional.of("its certificate has expired");
    }
    if (caused(failure, CertificateNotYetValidException.class).isPresent()) {
      return Optional.of("its certificate is not valid yet; check this machine's clock");
    }
    if (caused(failure, CertPathValidatorException.class).isPresent()) {
      return Optional.of(
          "its certificate is invalid; name the PEM file of its authority with %s=FILE"
              .formatted(TlsTrust.VARIABLE));
    }
    return caused(failure, CertificateException.class)
        .map(_ -> "its certificate is for another host name");
  }

  private static String tls(SSLException failure) {
    return text(failure).contains("Unsupported or unrecognized SSL message")
        ? "it does not use TLS; use http:// if it is on this machine"
        : "the TLS handshake failed";
  }

  private static Optional<String> address(Throwable failure) {
    if (caused(failure, UnknownHostException.class).isPresent()
        || caused(failure, UnresolvedAddressException.class).isPresent()) {
      return Optional.of("unknown host name");
    }
    if (caused(failure, NoRouteToHostException.class).isPresent()) {
      return Optional.of("no route to the host");
    }
    if (caused(failure, NoSuchFileException.class).isPresent()) {
      return Optional.of("no such socket");
    }
    return caused(failure, SocketTimeoutException.class).isPresent()
            || caused(failure, HttpConnectTimeoutException.class).isPresent()
        ? Optional.of("timed out")
        : Optional.empty();
  }

  /// Returns a message without class names of the JDK. Messages of this program's own connection
  /// state what was expected and are kept.
  private static String plain(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("connection reset") || lower.contains("broken pipe")) {
      return "it closed the connection";
    }
    return message.isEmpty() || message.matches(".*\\b[a-z]+(\\.[a-z]+)+\\.[A-Z].*")
        ? "the connection failed"
        : message;
  }

  private static String text(@Nullable Throwable failure) {
    String message = failure == null ? null : failure.getMessage();
    return message == null ? "" : message;
  }

  private static <T> Optional<T> caused(Throwable failure, Class<T> kind) {
    Throwable each = failure;
    for (int depth = 0; each != null && depth < DEEPEST; depth++) {
      if (kind.isInstance(each)) {
        return Optional.of(kind.cast(each));
      }
      each = each.getCause();
    }
    return Optional.empty();
  }

  /// Returns the clause about an address that did not reply.
  static String reason(IOException failure) {
    return "does not answer (" + words(failure) + ")";
  }
}

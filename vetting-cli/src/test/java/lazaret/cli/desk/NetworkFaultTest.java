package lazaret.cli.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class NetworkFaultTest {
  private static IOException handshake(Throwable cause) {
    IOException failure =
        new SSLHandshakeException(
            "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException");
    failure.initCause(cause);
    return failure;
  }

  @Test
  void aPrivateAuthorityIsNamedWithTheVariableThatHelps() {
    assertThat(NetworkFault.words(handshake(new CertPathBuilderException("unable to find"))))
        .contains("name the PEM file of that authority with SSL_CERT_FILE=FILE");
    assertThat(
            NetworkFault.words(
                handshake(new CertificateException("No subject alternative DNS name"))))
        .contains("for another host name");
  }

  /// Failures of different classes with the same cause have the same text.
  @Test
  void aRefusedConnectionHasOneWording() {
    assertThat(
            List.of(
                new ConnectException(),
                new ConnectException("Connection refused"),
                new SocketException("Connection refused"),
                new IOException(new ConnectException())))
        .extracting(NetworkFault::words)
        .containsOnly("Connection refused");
  }

  @Test
  void noClassOfTheProgramIsNamed() {
    assertThat(
            List.of(
                new UnknownHostException("gate.example"),
                new ClosedChannelException(),
                new SSLException("Unsupported or unrecognized SSL message"),
                new SSLException("java.lang.RuntimeException: Unexpected error"),
                new IOException("x: sun.security.Validator"),
                new SocketException("Connection reset")))
        .extracting(NetworkFault::words)
        .noneMatch(words -> words.isBlank() || words.contains("Exception"))
        .noneMatch(words -> words.contains("sun.") || words.contains("java."));
  }
}

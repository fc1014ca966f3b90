package lazaret.mirror.probe;

import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/// The trust in every server that listens on this machine.
final class AnyCertificate implements X509TrustManager {
  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {}

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}

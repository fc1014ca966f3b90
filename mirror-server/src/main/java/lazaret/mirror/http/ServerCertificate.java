package lazaret.mirror.http;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.util.List;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.ConfigMistake;
import lazaret.mirror.config.ConfigOrigin;
import lazaret.mirror.config.MirrorConfig;

/// A loader of the server's certificate and key from PEM files.
public final class ServerCertificate {
  private ServerCertificate() {}

  /// Loads certificate and key.
  ///
  /// @throws ConfigException if a file cannot be read or the two do not belong together
  public static Tls load(MirrorConfig.Tls files) {
    try {
      Keys keys =
          Keys.builder()
              .pem(
                  pem ->
                      pem.key(Resource.create(files.key()))
                          .certChain(Resource.create(files.certificate())))
              .build();
      return Tls.builder()
          .privateKey(keys.privateKey().orElseThrow())
          .privateKeyCertChain(keys.certChain())
          .build();
    } catch (RuntimeException e) {
      throw new ConfigException(
          List.of(
              new ConfigMistake(
                  new ConfigOrigin.Option("tls.certificate"),
                  "cannot use %s with %s: %s; expected PEM, the key in PKCS #8"
                      .formatted(files.certificate(), files.key(), e.getMessage()))));
    }
  }
}

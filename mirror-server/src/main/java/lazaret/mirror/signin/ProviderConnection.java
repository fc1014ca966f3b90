package lazaret.mirror.signin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.ConfigMistake;
import lazaret.mirror.config.ConfigOrigin;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.signin.oidc.OidcClient;
import lazaret.signin.oidc.OidcSettings;
import lazaret.signin.oidc.SignInDocuments;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// The connection of the server to the provider with which people sign in. Thread-safe.
public final class ProviderConnection implements AutoCloseable {
  private static final int MAX_SECRET = 4_096;

  private final DirectTransport transport;
  private final OidcClient client;

  private ProviderConnection(DirectTransport transport, OidcClient client) {
    this.transport = transport;
    this.client = client;
  }

  /// The parts of its server that a connection uses.
  ///
  /// @param options as for upstream: its proxy and authorities are used
  /// @param begun the begun sign-ins of all servers; null if this one has its store alone
  public record Surroundings(
      UpstreamOptions options, Clock clock, @Nullable SignInDocuments begun) {}

  /// Opens the connection, without a request to the provider. Reads the file of the secret.
  ///
  /// @param publicUrl the address under which browsers reach this server
  /// @throws ConfigException if the file has no secret
  /// @throws lazaret.vetting.LazaretException if another setting cannot be used
  public static ProviderConnection open(
      MirrorConfig.SignIn signIn, URI publicUrl, Surroundings around) {
    OidcSettings settings =
        new OidcSettings(
            signIn.issuer(),
            signIn.clientId(),
            secret(signIn.secretFile()),
            signIn.claims(),
            signIn.scopes(),
            publicUrl);
    DirectTransport transport =
        new DirectTransport(
            signIn.issuer(),
            withAuthorities(around.options(), signIn.ca()),
            signIn.privateHosts(),
            "sign-in.private-hosts");
    SignInDocuments begun = around.begun();
    return new ProviderConnection(
        transport,
        begun == null
            ? new OidcClient(settings, transport, around.clock())
            : new OidcClient(settings, transport, around.clock(), begun));
  }

  private static UpstreamOptions withAuthorities(UpstreamOptions options, @Nullable Path ca) {
    if (ca == null) {
      return options;
    }
    List<Path> files = new ArrayList<>(options.network().extraCertificates());
    files.add(ca);
    return options.withNetwork(options.network().withExtraCertificates(files));
  }

  private static @Nullable Secret secret(@Nullable Path file) {
    if (file == null) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_SECRET + 2);
      String text = new String(bytes, StandardCharsets.UTF_8).strip();
      if (!text.isEmpty()
          && text.length() <= MAX_SECRET
          && text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        return new Secret(text);
      }
    } catch (IOException _) {
      // reported below, like an empty file
    }
    throw new ConfigException(
        List.of(
            new ConfigMistake(
                new ConfigOrigin.File(file, 1, 1),
                "'sign-in.client-secret-file' must hold one line with the secret of the client: 1"
                    + " to 4096 printable ASCII characters")));
  }

  /// Returns the client of the provider.
  public OidcClient client() {
    return client;
  }

  /// Ends all requests in progress.
  @Override
  public void close() {
    transport.close();
  }
}

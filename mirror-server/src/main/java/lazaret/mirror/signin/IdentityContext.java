package lazaret.mirror.signin;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.ConfigMistake;
import lazaret.mirror.config.ConfigOrigin;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.webdesk.BackChannelLogoutHandler;
import lazaret.mirror.webdesk.ProviderSignInAdapter;
import lazaret.mirror.webdesk.TokenSignInAdapter;
import lazaret.mirror.workload.StoredTokenIds;
import lazaret.mirror.workload.WorkloadTokens;
import lazaret.signin.IssuerAddress;
import lazaret.signin.ProviderTransport;
import lazaret.signin.oidc.IdTokenCache;
import lazaret.signin.workload.WorkloadTokenVerifier;
import lazaret.vetting.MalformedException;
import lazaret.vetting.access.RoleMapping;
import lazaret.vetting.access.SessionLimits;
import lazaret.vetting.access.SessionService;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.roles.CratePattern;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrant;
import lazaret.vetting.text.Coded;
import lazaret.web.SignInFlow;
import org.jspecify.annotations.Nullable;

/// The ways in which persons and jobs prove their identity, by the configuration. They are the
/// sessions of the web desk, the sign-in by a provider or a token, and the tokens for jobs of CI
/// systems. Thread-safe.
public final class IdentityContext implements AutoCloseable {
  private final SessionService sessions;
  private final SignInFlow flow;
  private final @Nullable BackChannelLogoutHandler logout;
  private final @Nullable WorkloadTokens jobs;
  private final List<Connection> connections = new ArrayList<>();

  /// Creates the parts.
  ///
  /// @param options as for upstream: its proxy and authorities are used
  /// @throws ConfigException if a setting cannot be used
  public IdentityContext(
      MirrorConfig config, Store store, TokenService tokens, UpstreamOptions options, Clock clock) {
    StoredTokenIds used = new StoredTokenIds(store, clock);
    MirrorConfig.SignIn signIn = config.server().access().signIn();
    URI publicUrl = config.server().publicUrl();
    this.sessions =
        new SessionService(
            store, clock, tokens, signIn == null ? null : mapping(signIn), SessionLimits.DEFAULT);
    if (signIn == null || publicUrl == null) {
      this.flow = new TokenSignInAdapter(sessions);
      this.logout = null;
    } else {
      ProviderConnection provider =
          ProviderConnection.open(
              signIn,
              publicUrl,
              new ProviderConnection.Surroundings(
                  options,
                  clock,
                  store.shared().isPresent() ? new StoredSignIns(store, clock) : null));
      connections.add(provider::close);
      IdTokenCache idTokens = new IdTokenCache(clock, SessionLimits.DEFAULT.absolute());
      this.flow =
          new ProviderSignInAdapter(provider.client(), sessions, idTokens, signIn.issuer().host());
      this.logout = new BackChannelLogoutHandler(provider.client().logoutTokens(used), sessions);
    }
    this.jobs =
        config.workloadIssuers().isEmpty()
            ? null
            : new WorkloadTokens(
                WorkloadTokenVerifier.of(
                    config.workloadIssuers(), address -> transport(address, options), used, clock),
                tokens,
                clock);
  }

  private ProviderTransport transport(IssuerAddress address, UpstreamOptions options) {
    DirectTransport transport = new DirectTransport(address, options, List.of(), "ci.issuer.url");
    connections.add(transport::close);
    return transport;
  }

  private static RoleMapping mapping(MirrorConfig.SignIn signIn) {
    try {
      return new RoleMapping(
          signIn.issuer().text(),
          signIn.roles().stream()
              .map(
                  each ->
                      new RoleMapping.Entry(
                          each.group(),
                          new RoleGrant(
                              Coded.parse(DeskRole.class, each.role()),
                              each.crates().stream().map(CratePattern::new).toList())))
              .toList());
    } catch (MalformedException | IllegalArgumentException e) {
      throw new ConfigException(
          List.of(
              new ConfigMistake(
                  new ConfigOrigin.Option("sign-in.role"), String.valueOf(e.getMessage()))));
    }
  }

  /// Returns the sessions of the web desk.
  public SessionService sessions() {
    return sessions;
  }

  /// Returns the sign-in of the web desk.
  public SignInFlow flow() {
    return flow;
  }

  /// Returns the handler of logouts by the provider; empty without a provider.
  public Optional<BackChannelLogoutHandler> logout() {
    return Optional.ofNullable(logout);
  }

  /// Returns the service for tokens of jobs; empty if no CI system is configured.
  public Optional<WorkloadTokens> jobs() {
    return Optional.ofNullable(jobs);
  }

  /// Ends all requests in progress.
  @Override
  public void close() {
    connections.forEach(Connection::close);
  }

  /// A connection to another system.
  private interface Connection {
    void close();
  }
}

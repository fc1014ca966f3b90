package lazaret.mirror.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import lazaret.signin.IssuerAddress;
import lazaret.signin.oidc.OidcSettings;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// The keys under `[sign-in]`.
final class SignInConfigKeys {
  private SignInConfigKeys() {}

  static final ConfigKey<IssuerAddress> ISSUER =
      new ConfigKey<>(
          "sign-in.issuer",
          ConfigValueType.ISSUER,
          null,
          null,
          "Issuer of the OpenID Connect provider with which people sign in, exactly as its"
              + " discovery document names it. Without it: by token only. Needs `public-url` (https"
              + " or a loopback host), `sign-in.client-id` and `sign-in.role`. Register"
              + " `/desk/sign-in/return` of this server as redirect address and `/desk/sign-in` as"
              + " post-logout redirect address. `docs/sign-in.md`.");
  static final ConfigKey<String> CLIENT_ID =
      new ConfigKey<>(
          "sign-in.client-id",
          ConfigValueType.TEXT,
          null,
          null,
          "Id under which this server is registered at the provider.");
  static final ConfigKey<Path> SECRET_FILE =
      new ConfigKey<>(
          "sign-in.client-secret-file",
          ConfigValueType.PATH,
          null,
          null,
          "File with one line: the secret of that client. Without it: a public client, which PKCE"
              + " protects.");
  static final ConfigKey<List<String>> SCOPES =
      new ConfigKey<>(
          "sign-in.scopes",
          ConfigValueType.TEXTS,
          "openid,profile,email",
          null,
          "Scopes to request; `openid` must be among them.");
  static final ConfigKey<String> NAME_CLAIM =
      new ConfigKey<>(
          "sign-in.name-claim",
          ConfigValueType.TEXT,
          "preferred_username",
          null,
          "Claim with the name of a person for the ledger: of the ID token, else of the userinfo"
              + " endpoint. It must be one that people cannot choose themselves; an `email` that"
              + " the provider did not verify is refused.");
  static final ConfigKey<String> GROUPS_CLAIM =
      new ConfigKey<>(
          "sign-in.groups-claim",
          ConfigValueType.TEXT,
          "groups",
          null,
          "Claim with the groups of a person, a text or a list: of the ID token, else of the"
              + " userinfo endpoint.");
  static final ConfigKey<List<SignInRole>> ROLES =
      new ConfigKey<>(
          "sign-in.role",
          ConfigValueType.ROLES,
          null,
          null,
          "Tables `[[sign-in.role]]`, each with a `group`, its `role`, and if wanted the patterns"
              + " of `crates` for which it holds. One must give `admin` for all crates. The"
              + " variable takes them as JSON.");
  static final ConfigKey<Path> CA =
      new ConfigKey<>(
          "sign-in.ca",
          ConfigValueType.PATH,
          null,
          null,
          "PEM file with CA certificates to trust for the provider, in addition to those of the"
              + " Java runtime and of `fetch.ca`.");
  static final ConfigKey<List<String>> PRIVATE_HOSTS =
      new ConfigKey<>(
          "sign-in.private-hosts",
          ConfigValueType.TEXTS,
          "",
          null,
          "Hosts with private addresses that the provider's endpoints may have. The host of"
              + " `sign-in.issuer` itself is always allowed.");

  static final List<ConfigKey<?>> ALL =
      List.of(
          ISSUER,
          CLIENT_ID,
          SECRET_FILE,
          SCOPES,
          NAME_CLAIM,
          GROUPS_CLAIM,
          ROLES,
          CA,
          PRIVATE_HOSTS);

  /// Collects the settings; null if no provider is configured.
  static MirrorConfig.@Nullable SignIn settings(ConfigSettings settings) {
    IssuerAddress issuer = settings.orNull(ISSUER);
    if (issuer == null) {
      return null;
    }
    return new MirrorConfig.SignIn(
        issuer,
        settings.value(CLIENT_ID),
        settings.orNull(SECRET_FILE),
        claims(settings),
        settings.value(SCOPES),
        settings.value(ROLES),
        settings.orNull(CA),
        settings.value(PRIVATE_HOSTS));
  }

  private static OidcSettings.Claims claims(ConfigSettings settings) {
    return new OidcSettings.Claims(settings.value(NAME_CLAIM), settings.value(GROUPS_CLAIM));
  }

  /// Checks the keys against each other.
  ///
  /// @param mistake receives the key and the text of each mistake
  static void check(ConfigSettings settings, BiConsumer<ConfigKey<?>, String> mistake) {
    IssuerAddress issuer = settings.orNull(ISSUER);
    if (issuer == null) {
      for (ConfigKey<?> key : List.of(CLIENT_ID, SECRET_FILE, ROLES, CA)) {
        if (settings.orNull(key) != null) {
          mistake.accept(key, "'%s' needs 'sign-in.issuer' as well".formatted(key.name()));
        }
      }
      return;
    }
    List<SignInRole> roles = settings.orNull(ROLES);
    if (roles == null || roles.stream().noneMatch(SignInRole::administers)) {
      mistake.accept(
          roles == null ? ISSUER : ROLES,
          "'sign-in.role' must give a group the role admin for all crates: else the gate has no"
              + " administrator who signs in");
    }
    checkClient(settings, issuer, mistake);
  }

  private static void checkClient(
      ConfigSettings settings, IssuerAddress issuer, BiConsumer<ConfigKey<?>, String> mistake) {
    String clientId = settings.orNull(CLIENT_ID);
    URI publicUrl = settings.orNull(ConfigKeys.PUBLIC_URL);
    if (clientId == null) {
      mistake.accept(ISSUER, "'sign-in.issuer' needs 'sign-in.client-id' as well");
    }
    if (publicUrl == null) {
      mistake.accept(
          ISSUER,
          "'sign-in.issuer' needs 'public-url' as well: the provider sends browsers back to it");
    }
    if (clientId == null || publicUrl == null) {
      return;
    }
    try {
      var _ =
          new OidcSettings(
              issuer, clientId, null, claims(settings), settings.value(SCOPES), publicUrl);
    } catch (MalformedException e) {
      mistake.accept(ISSUER, String.valueOf(e.getMessage()));
    }
  }
}

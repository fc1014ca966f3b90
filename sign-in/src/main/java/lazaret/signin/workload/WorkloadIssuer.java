package lazaret.signin.workload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.signin.IssuerAddress;
import org.jspecify.annotations.Nullable;

/// A CI system whose tokens are accepted, with its bindings.
///
/// @param name the name: 1 to 32 lower-case letters, digits or `-`, beginning with a letter or
///   digit
/// @param address the claim `iss` of its tokens, exactly
/// @param kind the claims of its tokens
/// @param audience the claim `aud` of accepted tokens: 1 to 256 printable ASCII characters without
///   spaces. It must name this gate, because a service with the same audience could exchange the
///   tokens that it receives
/// @param keysFile a file with the issuer's key set; null if the keys are found by discovery
/// @param maxAge the greatest age of a token: 1 minute to [#LONGEST_AGE]
/// @param bindings the bindings in the order of their evaluation; at least one
public record WorkloadIssuer(
    String name,
    IssuerAddress address,
    WorkloadKind kind,
    String audience,
    @Nullable Path keysFile,
    Duration maxAge,
    List<WorkloadBinding> bindings) {
  /// The default of the greatest age of a token.
  public static final Duration DEFAULT_AGE = Duration.ofHours(1);

  /// The upper limit of the greatest age of a token.
  public static final Duration LONGEST_AGE = Duration.ofHours(24);

  private static final Duration SHORTEST_AGE = Duration.ofMinutes(1);
  private static final int MAX_BINDINGS = 1_000;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern AUDIENCE = Pattern.compile("[\\x21-\\x7e]{1,256}");

  /// The beginning of the audience that GitHub uses if a job names none.
  private static final String GITHUB_DEFAULT = "https://github.com/";

  /// The audiences of well-known services.
  private static final Set<String> SHARED =
      Set.of(
          "api://AzureADTokenExchange",
          "crates.io",
          "npm:registry.npmjs.org",
          "pypi",
          "rubygems.org",
          "sigstore",
          "sts.amazonaws.com",
          "testpypi");

  /// Checks all components.
  ///
  /// @throws IllegalArgumentException if a component does not have its form, a binding has
  ///   requirements of another kind, or two bindings have one name
  public WorkloadIssuer {
    bindings = List.copyOf(bindings);
    checkName(name);
    checkAudience(audience, address);
    checkAge(maxAge);
    checkBindings(kind, bindings);
  }

  /// Checks the name of an issuer.
  ///
  /// @throws IllegalArgumentException if it does not have its form
  public static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "expected a name of 1 to 32 lower-case letters, digits or '-'");
    }
  }

  /// Checks an audience.
  ///
  /// @throws IllegalArgumentException if it does not have its form, or is the default audience of
  ///   the issuer or the one of a well-known service
  public static void checkAudience(String audience, IssuerAddress issuer) {
    if (!AUDIENCE.matcher(audience).matches()) {
      throw new IllegalArgumentException(
          "expected 1 to 256 printable characters without spaces, such as the URL of this gate");
    }
    if (SHARED.contains(audience)
        || audience.startsWith(GITHUB_DEFAULT)
        || audience.equals(issuer.text())) {
      throw new IllegalArgumentException(
          "expected an audience that no other service uses, such as the URL of this gate");
    }
  }

  /// Checks the greatest age of a token.
  ///
  /// @throws IllegalArgumentException if it is out of range
  public static void checkAge(Duration maxAge) {
    if (maxAge.compareTo(SHORTEST_AGE) < 0 || maxAge.compareTo(LONGEST_AGE) > 0) {
      throw new IllegalArgumentException("expected an age of 1m to 24h");
    }
  }

  private static void checkBindings(WorkloadKind kind, List<WorkloadBinding> bindings) {
    if (bindings.isEmpty() || bindings.size() > MAX_BINDINGS) {
      throw new IllegalArgumentException("expected 1 to 1000 bindings, found " + bindings.size());
    }
    Set<String> names = new HashSet<>();
    for (WorkloadBinding binding : bindings) {
      if (binding.requirements().kind() != kind) {
        throw new IllegalArgumentException(
            "expected requirements of the issuer's kind in the binding '" + binding.name() + "'");
      }
      if (!names.add(binding.name())) {
        throw new IllegalArgumentException(
            "expected bindings of distinct names, found '" + binding.name() + "' twice");
      }
    }
  }
}

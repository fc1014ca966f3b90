package lazaret.signin.workload;

import java.util.Optional;
import lazaret.signin.IssuerAddress;

/// The claims that the tokens of an issuer have.
public enum WorkloadKind {
  /// GitHub Actions. Source: GitHub's documentation, *OpenID Connect reference*.
  GITHUB("https://token.actions.githubusercontent.com"),
  /// GitLab CI/CD. Source: GitLab's documentation, *OpenID Connect (OIDC) Authentication Using ID
  /// Tokens*.
  GITLAB("https://gitlab.com"),
  /// Any other issuer, with the claims of RFC 7519.
  GENERIC("");

  private final String publicUrl;

  WorkloadKind(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  /// Returns the issuer of the public service, or empty if there is none.
  public Optional<IssuerAddress> publicIssuer() {
    return publicUrl.isEmpty() ? Optional.empty() : Optional.of(new IssuerAddress(publicUrl));
  }
}

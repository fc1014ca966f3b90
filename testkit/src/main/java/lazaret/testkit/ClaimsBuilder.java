package lazaret.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A builder of the claims of a CI job's token, in the form of a CI system. Not thread-safe.
public final class ClaimsBuilder {
  private final Map<String, Object> claims = new LinkedHashMap<>();

  private ClaimsBuilder(String issuer, String audience, Instant now) {
    claims.put("iss", issuer);
    claims.put("aud", audience);
    claims.put("iat", now.getEpochSecond());
    claims.put("nbf", now.minus(Duration.ofSeconds(5)).getEpochSecond());
    claims.put("exp", now.plus(Duration.ofMinutes(5)).getEpochSecond());
  }

  /// Begins with the claims of a job of GitHub Actions. Its repository `acme/widgets` has the id 65
  /// and an owner with the id 42. It runs `release.yml` in the environment `release` after a push
  /// to `main`.
  public static ClaimsBuilder github(String issuer, String audience, Instant now) {
    return new ClaimsBuilder(issuer, audience, now)
        .with("jti", "7c5a1a02-9c5c-4e5f-9d0e-000000000001")
        .with("sub", "repo:acme/widgets:environment:release")
        .with("repository", "acme/widgets")
        .with("repository_id", "65")
        .with("repository_owner", "acme")
        .with("repository_owner_id", "42")
        .with("repository_visibility", "private")
        .with("workflow", "Release")
        .with("workflow_ref", "acme/widgets/.github/workflows/release.yml@refs/heads/main")
        .with("job_workflow_ref", "acme/widgets/.github/workflows/release.yml@refs/heads/main")
        .with("environment", "release")
        .with("event_name", "push")
        .with("ref", "refs/heads/main")
        .with("ref_type", "branch")
        .with("sha", "0123456789abcdef0123456789abcdef01234567")
        .with("run_id", "8120")
        .with("run_attempt", "1")
        .with("actor", "ann")
        .with("actor_id", "12");
  }

  /// Begins with the claims of a job of GitLab CI/CD. Its project `acme/widgets` has the id 22 and
  /// a namespace with the id 72. It runs in the environment `release` for the protected branch
  /// `main`.
  public static ClaimsBuilder gitlab(String issuer, String audience, Instant now) {
    return new ClaimsBuilder(issuer, audience, now)
        .with("jti", "7c5a1a02-9c5c-4e5f-9d0e-000000000002")
        .with("sub", "project_path:acme/widgets:ref_type:branch:ref:main")
        .with("project_id", "22")
        .with("project_path", "acme/widgets")
        .with("namespace_id", "72")
        .with("namespace_path", "acme")
        .with("user_login", "ann")
        .with("pipeline_source", "push")
        .with("pipeline_id", "1212")
        .with("job_id", "812")
        .with("ref", "main")
        .with("ref_type", "branch")
        .with("ref_protected", "true")
        .with("environment", "release")
        .with("sha", "0123456789abcdef0123456789abcdef01234567");
  }

  /// Begins with the claims of a job of another CI system, with a subject.
  public static ClaimsBuilder generic(String issuer, String audience, Instant now, String subject) {
    return new ClaimsBuilder(issuer, audience, now)
        .with("jti", "7c5a1a02-9c5c-4e5f-9d0e-000000000003")
        .with("sub", subject);
  }

  /// Sets a claim: a text, number, boolean or list of texts.
  public ClaimsBuilder with(String claim, Object value) {
    claims.put(claim, value);
    return this;
  }

  /// Removes a claim.
  public ClaimsBuilder without(String claim) {
    claims.remove(claim);
    return this;
  }

  /// Returns the claims by name.
  public Map<String, Object> claims() {
    return new LinkedHashMap<>(claims);
  }
}

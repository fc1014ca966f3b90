package lazaret.signin.workload;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The run of a CI job, for the ledger. All texts are foreign, printable and short.
///
/// @param tokenId 16 hexadecimal digits that identify the token of the issuer
/// @param repository the path of the repository, or the subject of a token of another issuer; null
///   if the token does not name it
/// @param ref the branch or tag; null if the token does not name it
/// @param sha the commit; null if the token does not name it
/// @param runId the id of the run or job; null if the token does not name it
/// @param actor the account that started the run; null if the token does not name it
public record WorkloadRun(
    String tokenId,
    @Nullable String repository,
    @Nullable String ref,
    @Nullable String sha,
    @Nullable String runId,
    @Nullable String actor) {
  private static final int ID_LENGTH = 16;

  static WorkloadRun of(WorkloadIssuer issuer, WorkloadClaims claims) {
    String jti = claims.text("jti").orElse("");
    String id = Sha256.of(Bytes.utf8(issuer.address().text() + "\n" + jti)).hex();
    String tokenId = id.substring(0, ID_LENGTH);
    return switch (issuer.kind()) {
      case GITHUB ->
          new WorkloadRun(
              tokenId,
              claims.excerpt("repository"),
              claims.excerpt("ref"),
              claims.excerpt("sha"),
              claims.excerpt("run_id"),
              claims.excerpt("actor"));
      case GITLAB ->
          new WorkloadRun(
              tokenId,
              claims.excerpt("project_path"),
              claims.excerpt("ref"),
              claims.excerpt("sha"),
              claims.excerpt("job_id"),
              claims.excerpt("user_login"));
      case GENERIC -> new WorkloadRun(tokenId, claims.excerpt("sub"), null, null, null, null);
    };
  }

  /// Returns the run as a phrase: `run 812 of acme/widgets at refs/heads/main, commit 0123abc, by
  /// ann`. Absent parts are omitted.
  public String text() {
    StringBuilder text = new StringBuilder("run");
    append(text, " ", runId);
    append(text, " of ", repository);
    append(text, " at ", ref);
    append(text, ", commit ", sha);
    append(text, ", by ", actor);
    return text.toString();
  }

  private static void append(StringBuilder text, String before, @Nullable String part) {
    if (part != null) {
      text.append(before).append(part);
    }
  }
}

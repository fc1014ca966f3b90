package lazaret.signin.workload;

import java.util.regex.Pattern;

/// A condition on one claim of a token.
///
/// @param claim the name of the claim
/// @param form the comparison
/// @param expected the value to compare with; empty for [Form#NO_FORK]
public record ClaimRequirement(String claim, Form form, String expected) {
  private static final Pattern REVISION = Pattern.compile("refs/.+|[0-9a-f]{40}|[0-9a-f]{64}");
  private static final String WORKFLOW = "workflow_ref";
  private static final String CALLED_WORKFLOW = "job_workflow_ref";
  private static final String WORKFLOWS = "/.github/workflows/";

  /// The comparisons.
  public enum Form {
    /// The value identifies the owner or the repository of the job and is equal.
    IDENTITY,
    /// The value identifies the job, and begins with the expected one.
    IDENTITY_PREFIX,
    /// The value is equal.
    EQUAL,
    /// The value is equal apart from the case of ASCII letters.
    EQUAL_IGNORING_CASE,
    /// The value is the path of a workflow with the expected file name, in the repository of the
    /// job.
    WORKFLOW_FILE,
    /// The value is an event that no fork can cause.
    NO_FORK
  }

  /// Returns whether the requirement is about the owner, the repository or the job as such.
  boolean identifies() {
    return switch (form) {
      case IDENTITY, IDENTITY_PREFIX -> true;
      case EQUAL, EQUAL_IGNORING_CASE, WORKFLOW_FILE, NO_FORK -> false;
    };
  }

  /// Returns whether the claims meet the requirement. An absent claim meets none.
  boolean isMetBy(WorkloadClaims claims) {
    String value = claims.text(claim).orElse(null);
    return switch (form) {
      case IDENTITY, EQUAL -> expected.equals(value);
      case IDENTITY_PREFIX -> value != null && value.startsWith(expected);
      case EQUAL_IGNORING_CASE -> value != null && lower(expected).equals(lower(value));
      case WORKFLOW_FILE -> hasWorkflow(claims);
      case NO_FORK -> value != null && !isCausedByForks(value);
    };
  }

  /// Returns the requirement for a message, such as `repository_id '65'`.
  String text() {
    return switch (form) {
      case IDENTITY, EQUAL, EQUAL_IGNORING_CASE -> "%s '%s'".formatted(claim, expected);
      case IDENTITY_PREFIX -> "%s beginning with '%s'".formatted(claim, expected);
      case WORKFLOW_FILE -> "%s with the file '%s'".formatted(claim, expected);
      case NO_FORK -> "an event_name that no fork can cause";
    };
  }

  /// Returns the value of the claim for a message, such as `repository_id '77'`.
  String found(WorkloadClaims claims) {
    String value = claims.excerpt(claim);
    return value == null ? "no " + claim : "%s '%s'".formatted(claim, value);
  }

  /// Returns a text with ASCII letters in lower case. Other letters stay, because some of them
  /// become ASCII letters, such as the Kelvin sign.
  private static String lower(String text) {
    char[] letters = text.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      if (letters[i] >= 'A' && letters[i] <= 'Z') {
        letters[i] = (char) (letters[i] + 'a' - 'A');
      }
    }
    return new String(letters);
  }

  /// GitHub runs the workflow of a fork's pull request, or one that it triggers, with the identity
  /// of the base repository.
  private static boolean isCausedByForks(String event) {
    return event.isBlank() || event.startsWith("pull_request") || event.equals("workflow_run");
  }

  /// Checks the form `OWNER/REPOSITORY/.github/workflows/FILE@REVISION`. Older servers have the
  /// claim of the called workflow only, which may be in another repository.
  private boolean hasWorkflow(WorkloadClaims claims) {
    String repository = claims.text("repository").orElse("");
    String path = claims.text(WORKFLOW).or(() -> claims.text(CALLED_WORKFLOW)).orElse("");
    String beginning = repository + WORKFLOWS + expected + "@";
    return !repository.isEmpty()
        && path.startsWith(beginning)
        && REVISION.matcher(path.substring(beginning.length())).matches();
  }
}

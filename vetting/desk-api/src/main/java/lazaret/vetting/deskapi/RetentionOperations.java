package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.retention.ArtifactsReply;
import lazaret.vetting.deskapi.retention.ArtifactsRequest;
import lazaret.vetting.deskapi.retention.RetentionReply;
import lazaret.vetting.deskapi.retention.RetentionResumeRequest;
import lazaret.vetting.deskapi.retention.RetentionTrialReply;

/// The operations on stored artifacts and the rules for their removal.
public final class RetentionOperations {
  /// Lists stored artifacts with their use.
  public static final Operation<ArtifactsRequest, ArtifactsReply> ARTIFACTS =
      Operation.get("artifacts", "/artifacts", ArtifactsRequest.class, ArtifactsReply.class)
          .access(Access.AUDIT)
          .timeout(Operation.BATCH_TIMEOUT)
          .summary("List stored artifacts with their use");

  /// Returns the state of the rules for the removal of artifacts.
  public static final Operation<EmptyRequest, RetentionReply> RETENTION =
      Operation.get("retention", "/retention", EmptyRequest.class, RetentionReply.class)
          .access(Access.AUDIT)
          .summary("Return the state of the rules for the removal of artifacts");

  /// Lists the artifacts that the rules would remove now.
  public static final Operation<EmptyRequest, RetentionTrialReply> TRY_RETENTION =
      Operation.post(
              "tryRetention", "/retention/trial", EmptyRequest.class, RetentionTrialReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("List the artifacts that the rules would remove now");

  /// Follows the rules after their trial.
  public static final Operation<RetentionResumeRequest, RetentionReply> RESUME_RETENTION =
      Operation.post(
              "resumeRetention",
              "/retention/resume",
              RetentionResumeRequest.class,
              RetentionReply.class)
          .access(Access.ADMIN)
          .summary("Follow the rules for the removal of artifacts after their trial");

  private RetentionOperations() {}
}
